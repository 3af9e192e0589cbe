/** The pictures that go with the message being written: 40 px chips above its words. */

import { app } from "../app.js";
import { $, clone, keyed, setAttr, wish } from "../dom.js";

const MOST = 8;

export class Attached {
  #ids = [];

  constructor(strip, onChange) {
    Object.assign(this, { strip, onChange });
    app.store.watch(["images"], ({ images }) => this.#set(this.#ids.filter((id) => images.has(id))));
  }

  get ids() {
    return this.#ids;
  }

  add(image) {
    if (this.#ids.includes(image.id) || !image.original_url) return;
    if (this.#ids.length === MOST) wish("toast", { text: `A message takes at most ${MOST} pictures.` });
    else this.#set([...this.#ids, image.id]);
  }

  /** Hands over the ids and is empty then. */
  take() {
    const ids = this.#ids;
    this.#set([]);
    return ids;
  }

  /** Takes back what could not be sent. */
  putBack(ids) {
    this.#set([...new Set([...ids, ...this.#ids])].slice(0, MOST));
  }

  #set(ids) {
    if (ids.length === this.#ids.length && ids.every((id, place) => id === this.#ids[place])) return;
    this.#ids = ids;
    this.strip.hidden = !ids.length;
    keyed(
      this.strip,
      ids,
      (id) => id,
      (id) => this.#chip(app.store.state.images.get(id)),
    );
    this.onChange();
  }

  #chip(image) {
    const chip = clone("attached");
    const img = $("img", chip);
    img.src = image.thumbs["384"] ?? image.original_url;
    img.alt = image.prompt;
    const button = $("button", chip);
    setAttr(button, "aria-label", `Leave out: ${image.prompt.slice(0, 80)}`);
    button.addEventListener("click", () => {
      this.#set(this.#ids.filter((id) => id !== image.id));
      $("#say").focus();
    });
    return chip;
  }
}
