// The Tablet: the wall of batches, its filters, and what happens on it.

import { app } from "../app.js";
import { $, $$, keyed, setText, wish } from "../dom.js";
import { Pages } from "../pages.js";
import { isPlain, nothingFound } from "../filter.js";
import { batches, canEdit } from "../pictures.js";
import { frame } from "../timing.js";
import * as acts from "./picture-acts.js";
import { Arrivals } from "./arrivals.js";
import { createBatch, updateBatch } from "./batch.js";
import { onLongPress } from "./long-press.js";
import { openBatchMenu, openTileMenu } from "./menus.js";
import { carry } from "./picture-drag.js";
import { Selection } from "./selection.js";
import { toggleSheet } from "./sheet-view.js";
import { TabletBar } from "./tablet-bar.js";
import { TabStop } from "./tab-stop.js";
import { updateTile } from "./tile.js";
import { watchKeys } from "./tile-keys.js";

const TOPICS = [
  "images",
  "generations",
  "members",
  "models",
  "presence",
  "places",
  "selected",
  "sheets",
  "me",
  "images_total",
  "workspace",
];
const SECOND = 1000;
const SLOW_MS = 400;

class PictureTablet extends HTMLElement {
  #failed = false;

  connectedCallback() {
    this.list = this.#part("batches");
    this.pages = new Pages(app);
    this.arrivals = new Arrivals(this, $(".tablet-pill"));
    this.selection = new Selection($(".dock"));
    this.bar = new TabletBar(this, () => this.#fromTheTop());
    this.stop = new TabStop(this.list);
    app.store.watch(TOPICS, () => this.#render());
    app.store.watch(["progress"], () => this.#renderRunning());
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("change", (event) => event.target.matches(".tile-pick") && this.#pick(event.target));
    onLongPress(this, (target) => this.#press(target));
    this.addEventListener("dragstart", (event) => this.#carry(event));
    watchKeys(this);
    setInterval(() => this.#renderRunning(), SECOND);
    setInterval(() => this.#render(), 30 * SECOND);
    setTimeout(() => !app.store.state.workspace && (this.#part("loading").hidden = false), SLOW_MS);
    this.end = new IntersectionObserver((seen) => seen.at(-1).isIntersecting && this.#more(), {
      root: this,
      rootMargin: "800px",
    });
    this.end.observe(this.#part("more"));
  }

  /** Tiles in the order one reads them. */
  get tiles() {
    return $$(".tile", this.list);
  }

  #part(name) {
    return $(`[data-part="${name}"]`, this);
  }

  #render() {
    const { state } = app.store;
    if (!state.workspace) return;
    this.#part("loading").hidden = true;
    const shown = batches(state, this.bar.filter);
    this.stop.brace();
    keyed(
      this.list,
      shown,
      ({ generation }) => generation.id,
      createBatch,
      (el, batch) => updateBatch(el, batch, state),
    );
    this.#part("first")?.remove();
    this.selection.keep(state.images);
    this.stop.keep();
    this.#showEmptiness(shown, state);
    this.bar.showCounts(state, acts.isStarred);
    this.arrivals.look(shown);
  }

  /** Forty times a second something develops somewhere: that is no reason to look at the whole wall. */
  #renderRunning() {
    const { state } = app.store;
    const open = [...this.list.children].filter((batch) => batch.dataset.state === "running");
    for (const tile of open.flatMap((batch) => $$('.tile[data-state="running"]', batch))) {
      const image = state.images.get(tile.image.id);
      if (image) updateTile(tile, image, state);
    }
  }

  #showEmptiness(shown, state) {
    const filtered = !isPlain(this.bar.filter);
    const atEnd = this.pages.atEnd(this.bar.filter);
    this.#part("more").hidden = atEnd;
    if (!this.#failed)
      this.#part("more").textContent = shown.length || !filtered ? "" : "Looking through older pictures";
    this.#part("empty").hidden = filtered || shown.length > 0 || state.images_total > 0;
    setText(
      this,
      "empty",
      canEdit(state) ? "Nothing here yet. Describe a picture, or try one of these." : "Nothing here yet.",
    );
    $(".tries", this).hidden = !canEdit(state);
    this.#part("none").hidden = !(filtered && !shown.length && atEnd);
    const { line, hint, byThumb = hint } = nothingFound(this.bar.filter);
    setText(this, "none", line);
    setText(this, "hint", matchMedia("(hover: none)").matches ? byThumb : hint);
    if (!atEnd && !shown.length) this.#more();
  }

  async #more() {
    if (!app.store.state.workspace || this.pages.atEnd(this.bar.filter)) return;
    try {
      this.#failed = false;
      await this.pages.more(this.bar.filter);
      this.#lookAtTheEndAgain();
    } catch (error) {
      this.#failed = true;
      this.#part("more").textContent = error.message;
    }
  }

  /** A short page may leave the end in sight, of which the observer would not speak again. */
  #lookAtTheEndAgain() {
    this.end.unobserve(this.#part("more"));
    frame(() => this.end.observe(this.#part("more")));
  }

  #fromTheTop() {
    this.scrollTop = 0;
    this.#render();
  }

  selectAll() {
    this.selection.all(this.tiles);
  }

  /** Tile size: "s", "m" or "l". */
  resize(size) {
    this.bar.resize(size);
  }

  #click(event) {
    const wished = event.target.closest("[data-try]");
    if (wished) return wish("prompt:use", { text: wished.dataset.try });
    const tile = event.target.closest(".tile"),
      batch = event.target.closest(".batch");
    const { do: what } = event.target.closest("[data-do]")?.dataset ?? {};
    if (what === "clear-filter") this.bar.clear();
    else if (what === "bar-more") wish("bar-menu:open", { anchor: event.target.closest("[data-do]"), tablet: this });
    else if (tile?.image) this.#onTile(event, tile, what);
    else if (batch) this.#onBatch(event, batch, what);
  }

  #onTile(event, tile, what) {
    if (what) return this.act(what, tile, event.target.closest("[data-do]"));
    if (!event.target.closest(".tile-open")) return;
    event.preventDefault();
    if (event.altKey) this.#compare(tile, this.stop.tile);
    else if (event.ctrlKey || event.metaKey || event.shiftKey || this.#picksByTap)
      this.selection.toggle(tile.image, event.shiftKey ? this.tiles : null);
    else wish("lightbox:open", { image_id: tile.image.id, from: event.detail ? $("img", tile) : null });
  }

  /** Once a finger has selected one picture, a tap selects the next. */
  get #picksByTap() {
    return this.selection.size > 0 && matchMedia("(hover: none)").matches;
  }

  /** A finger that rests on a tile opens what the mouse finds on it. */
  #press(target) {
    const tile = target.closest(".tile");
    if (tile?.image) openTileMenu(tile, tile, this);
  }

  #carry(event) {
    const image = event.target.closest(".tile-open")?.closest(".tile").image;
    if (image) carry(event, image);
  }

  #onBatch(event, batch, what) {
    if (event.target.closest(".batch-copy")) acts.copy(batch.generation.template);
    else if (what === "retry") acts.retryBatch(batch.generation);
    else if (what === "use") acts.usePrompt(batch.generation);
    else if (what === "as-grid" || what === "as-sheet") toggleSheet(batch.generation.id, what === "as-sheet");
    else if (what === "more") openBatchMenu(batch, event.target.closest("[data-do]"));
  }

  /** Does one thing to a tile: what its buttons, its menu and the keys all call. */
  act(what, tile, anchor = tile) {
    const { image } = tile;
    if (what === "more") openTileMenu(tile, anchor, this);
    else if (what === "delete") this.#delete(tile);
    else if (what === "select") this.selection.toggle(image);
    else if (what === "compare") this.#compare(tile, this.partnerOf(tile));
    else if (what !== "save") acts.run(what, image);
    else if (!anchor.href) acts.save(image);
  }

  /** What a tile is compared with: the one selected picture, else its neighbour in the batch. */
  partnerOf(tile) {
    const ready = this.tiles.filter((other) => other.image?.status === "ready" && other !== tile);
    const only = this.selection.only;
    const selected = ready.find((other) => other.image.id === only);
    if (selected) return selected;
    const batch = ready.filter((other) => other.closest(".batch") === tile.closest(".batch"));
    return batch.find((other) => other.image.index > tile.image.index) ?? batch.at(-1);
  }

  #compare(tile, other) {
    if (!other || other === tile) return this.selection.toggle(tile.image);
    wish("compare:open", { ids: [other.image.id, tile.image.id] });
  }

  #delete(tile) {
    const tiles = this.tiles;
    const next = tiles[tiles.indexOf(tile) + 1] ?? tiles[tiles.indexOf(tile) - 1];
    if (tile.contains(document.activeElement) && next) ($(".tile-open", next) ?? next).focus({ preventScroll: true });
    acts.remove([tile.image]);
  }

  #pick(box) {
    this.selection.toggle(box.closest(".tile").image);
  }
}

customElements.define("picture-tablet", PictureTablet);
