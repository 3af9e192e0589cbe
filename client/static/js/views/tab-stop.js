// The Tablet is one stop for Tab: the tile that has the focus, or had it last, or the next one when that is gone.

import { $, $$ } from "../dom.js";
import { focusTarget } from "./tile.js";

/** What Tab reaches in the Tablet, else the Tablet itself. */
export const tabStop = () => $("picture-tablet .tile[tabindex='0'], picture-tablet .tile-open[tabindex='0']") ?? $("#main");

export class TabStop {
  #tile = null;
  #target = null;
  #near = [];
  #hasFocus = false;

  constructor(list) {
    this.list = list;
    list.addEventListener("focusin", ({ target }) => this.#move(target.closest(".tile")));
  }

  /** The tile that Tab reaches. */
  get tile() {
    return this.#tile;
  }

  /** Before tiles come, go or change inside: who stands beside the one that may go. */
  brace() {
    const tiles = $$(".tile", this.list);
    const at = tiles.indexOf(this.#tile);
    this.#near = at < 0 ? [] : [...tiles.slice(at + 1), ...tiles.slice(0, at).reverse()];
    this.#hasFocus = at >= 0 && this.#tile.contains(document.activeElement);
  }

  /** After tiles came, went or changed inside. */
  keep() {
    const stays = this.#tile?.isConnected;
    this.#move(stays ? this.#tile : (this.#near.find((tile) => tile.isConnected) ?? $(".tile", this.list)));
    if (!stays && this.#hasFocus) tabStop().focus({ preventScroll: true });
    this.#near = [];
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
