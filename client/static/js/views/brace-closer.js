/** Offers the closing brace of a macro: a faint } behind the caret that Tab takes and Escape declines. */

import { wantsClosing } from "../brace-offer.js";
import { insert } from "./prompt-text.js";

export class BraceCloser {
  #declined = false;
  #shown = false;

  /** `repaint()` is called when the offer comes or goes without typing. */
  constructor(box, repaint) {
    Object.assign(this, { box, repaint });
    box.addEventListener("keydown", (event) => this.#key(event));
    box.addEventListener("input", () => (this.#declined = false));
    box.addEventListener("blur", () => this.#look());
    document.addEventListener("selectionchange", () => this.#look());
  }

  /** A faint } for the end of the text, or "" when none is offered there. */
  ghost() {
    this.#shown = this.#offered && this.box.selectionStart === this.box.value.length;
    if (!this.#shown) return "";
    const el = document.createElement("span");
    el.className = "ghost-brace";
    el.textContent = "}";
    return el;
  }

  /** Closes at the caret, or at the end where the caret is outside; between empty braces the caret stays. */
  close() {
    const { box } = this;
    const { value, selectionStart } = box;
    const at = wantsClosing(value, selectionStart) ? selectionStart : value.length;
    box.focus();
    box.setSelectionRange(at, at);
    insert(box, "}");
    if (value[at - 1] === "{") box.setSelectionRange(at, at);
  }

  get #offered() {
    const { box } = this;
    const caret = document.activeElement === box && box.selectionStart === box.selectionEnd;
    return caret && !this.#declined && wantsClosing(box.value, box.selectionStart);
  }

  #key(event) {
    const plain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey && !event.isComposing;
    if (!plain || !["Tab", "Escape"].includes(event.key) || !this.#offered) return;
    event.preventDefault();
    if (event.key === "Tab") return this.close();
    this.#declined = true;
    this.repaint();
  }

  #look() {
    const shown = this.#offered && this.box.selectionStart === this.box.value.length;
    if (shown !== this.#shown) this.repaint();
  }
}
