// The bar under the top bar: offline, and what came when the connection was back.

import { app } from "../app.js";
import { icon } from "../dom.js";
import { plural } from "../words.js";

const BACK_STAYS_MS = 6_000;

class RoomNotes extends HTMLElement {
  #readyBefore = null;
  #timer = null;

  connectedCallback() {
    app.store.watch(["connection"], (state) => this.#render(state));
  }

  #render(state) {
    if (state.connection === "offline") this.#offline(state);
    else if (state.connection === "live" && this.#readyBefore) this.#back(state);
  }

  #offline(state) {
    clearTimeout(this.#timer);
    this.#readyBefore ??= new Set(readyIn(state));
    this.#say("wifi-off", "You're offline. Changes will be sent when the connection returns.");
  }

  #back(state) {
    const arrived = readyIn(state).filter((id) => !this.#readyBefore.has(id)).length;
    this.#readyBefore = null;
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

const readyIn = (state) =>
  [...state.images.values()].filter((image) => image.status === "ready").map((image) => image.id);

customElements.define("room-notes", RoomNotes);
