// The dot beside the name: saved, saving, or cut off.

import { app } from "../app.js";
import { $ } from "../dom.js";

const WORDS = { connecting: "Connecting", reconnecting: "Reconnecting…", offline: "Offline" };
const NOTICEABLE_MS = 400;

class SyncState extends HTMLElement {
  #slow = null;

  connectedCallback() {
    app.store.watch(["connection", "saving"], (state) => this.#look(state));
    this.#look(app.store.state);
  }

  /** A save that takes no time is not worth a word; a broken connection is, whatever waits to be saved. */
  #look({ connection, saving }) {
    if (saving && this.#slow === null) this.#slow = setTimeout(() => this.#render(), NOTICEABLE_MS);
    if (!saving) {
      clearTimeout(this.#slow);
      this.#slow = null;
    }
    if (!saving || connection !== "live" || this.dataset.state !== "saved") this.#render();
  }

  #render() {
    const { connection, saving } = app.store.state;
    this.dataset.state = connection !== "live" ? connection : saving ? "saving" : "saved";
    $(".sync-word", this).textContent = WORDS[connection] ?? (saving ? "Saving…" : "Saved");
  }
}

customElements.define("sync-state", SyncState);
