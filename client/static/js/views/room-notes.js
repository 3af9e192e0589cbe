// The bar under the top bar: offline, and what came when the connection was back.

import { app } from "../app.js";
import { icon } from "../dom.js";
import { readyIn } from "../pictures.js";
import { plural } from "../words.js";

const BACK_STAYS_MS = 6_000;

class RoomNotes extends HTMLElement {
  #isOffline = false;
  #timer = null;

  connectedCallback() {
    app.store.watch(["connection"], ({ connection }) => connection === "offline" && this.#offline());
    app.store.watch(["back"], (state) => state.back && this.#back(state));
  }

  #offline() {
    clearTimeout(this.#timer);
    this.#isOffline = true;
    this.#say("wifi-off", "You're offline. Changes will be sent when the connection returns.");
  }

  /** After a short break, or a sleep, only what was missed is worth a word. */
  #back(state) {
    const arrived = readyIn(state).filter((id) => !state.back.has(id)).length;
    state.back = null;
    if (!arrived && !this.#isOffline) return;
    this.#isOffline = false;
    clearTimeout(this.#timer);
    this.#say("check2-circle", arrived ? `Back. ${plural(arrived, "image")} arrived.` : "Back.", "is-back");
    this.#timer = setTimeout(() => this.replaceChildren(), BACK_STAYS_MS);
  }

  #say(sign, words, look = "") {
    const note = document.createElement("div");
    note.className = `bar-note ${look}`.trim();
    const text = document.createElement("span");
    text.textContent = words;
    note.append(icon(sign), text);
    this.replaceChildren(note);
  }
}

customElements.define("room-notes", RoomNotes);
