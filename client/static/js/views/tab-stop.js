// The Tablet is one stop for Tab: the tile that has the focus, or had it last.

import { $ } from "../dom.js";
import { focusTarget } from "./tile.js";

export class TabStop {
  #tile = null;
  #target = null;

  constructor(list) {
    this.list = list;
    list.addEventListener("focusin", ({ target }) => this.#move(target.closest(".tile")));
  }

  /** The tile that Tab reaches. */
  get tile() {
    return this.#tile;
  }

  /** After tiles came, went or changed inside. */
  keep() {
    this.#move(this.#tile?.isConnected ? this.#tile : $(".tile", this.list));
  }

  #move(tile) {
    if (!tile) return;
    const target = focusTarget(tile);
    if (target === this.#target) return;
    if (this.#target) this.#target.tabIndex = -1;
    target.tabIndex = 0;
    this.#tile = tile;
    this.#target = target;
  }
}
