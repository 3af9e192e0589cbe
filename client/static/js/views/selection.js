// Selected pictures and the dock that acts on them.

import { app } from "../app.js";
import { $, setText, wish } from "../dom.js";
import { canEdit } from "../pictures.js";
import * as acts from "./picture-acts.js";
import { tabStop } from "./tab-stop.js";

export class Selection {
  #ids = new Set();
  #last = null;

  constructor(dock) {
    this.dock = dock;
    dock.addEventListener("click", ({ target }) => this.#act(target.closest("[data-do]")?.dataset.do));
  }

  has(id) {
    return this.#ids.has(id);
  }

  get size() {
    return this.#ids.size;
  }

  /** Selects or drops an image; given the tiles, everything from the last one to it. */
  toggle(image, tiles = null) {
    const ready = tiles?.filter((tile) => tile.image.status === "ready").map((tile) => tile.image.id) ?? [];
    const [from, to] = [ready.indexOf(this.#last), ready.indexOf(image.id)].sort((a, b) => a - b);
    if (from >= 0) for (const id of ready.slice(from, to + 1)) this.#ids.add(id);
    else if (image.status === "ready" && !this.#ids.delete(image.id)) this.#ids.add(image.id);
    this.#last = image.id;
    this.#show();
  }

  clear() {
    this.#ids.clear();
    this.#show();
  }

  /** Selects every ready image among the tiles. */
  all(tiles) {
    for (const { image } of tiles) if (image.status === "ready") this.#ids.add(image.id);
    this.#show();
  }

  /** The one selected image, or null when there are more or none. */
  get only() {
    return this.size === 1 ? [...this.#ids][0] : null;
  }

  /** Forgets what is no longer there. */
  keep(images) {
    const before = this.size;
    for (const id of this.#ids) if (!images.has(id)) this.#ids.delete(id);
    if (this.size !== before) this.#show();
  }

  #show() {
    this.dock.hidden = !this.size;
    setText(this.dock, "selected", `${this.size} selected`);
    for (const what of ["move", "delete"]) $(`[data-do=${what}]`, this.dock).hidden = !canEdit(app.store.state);
    $("[data-do=compare]", this.dock).hidden = this.size !== 2;
    app.store.change(["selected"], (state) => (state.selected = new Set(this.#ids)));
  }

  #act(what) {
    const images = [...this.#ids].map((id) => app.store.state.images.get(id)).filter(Boolean);
    if (what === "star") for (const image of images) acts.star(image, true);
    if (what === "compare") wish("compare:open", { ids: [...this.#ids] });
    if (what === "save") acts.saveAll(images);
    if (what === "move") wish("move:open", { images });
    if (what === "delete") acts.remove(images);
    if (what !== "delete" && what !== "clear") return;
    this.clear();
    tabStop().focus({ preventScroll: true });
  }
}
