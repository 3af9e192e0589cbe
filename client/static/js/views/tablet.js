// The Tablet: the wall of batches, its filters, and what happens on it.

import { app } from "../app.js";
import { $, $$, keyed, setAttr, setText, wish } from "../dom.js";
import { Pages } from "../pages.js";
import { batches, canEdit, NO_FILTER } from "../pictures.js";
import { debounce, frame } from "../timing.js";
import * as acts from "./picture-acts.js";
import { Arrivals } from "./arrivals.js";
import { createBatch, updateBatch } from "./batch.js";
import { openBatchMenu, openTileMenu } from "./menus.js";
import { carry } from "./picture-drag.js";
import { Selection } from "./selection.js";
import { toggleSheet } from "./sheet.js";
import { watchKeys } from "./tile-keys.js";

const TOPICS = [
  "images",
  "generations",
  "members",
  "models",
  "presence",
  "progress",
  "places",
  "sheets",
  "me",
  "images_total",
  "workspace",
];
const SECOND = 1000;
const SLOW_MS = 400;
const SIZE_KEY = "tile-size";

class PictureTablet extends HTMLElement {
  #filter = NO_FILTER;
  #failed = false;

  connectedCallback() {
    this.list = this.#part("batches");
    this.pages = new Pages(app);
    this.arrivals = new Arrivals(this, $(".tablet-pill"));
    this.selection = new Selection($(".dock"), () => this.#render());
    app.store.watch(TOPICS, () => this.#render());
    this.#listenToBar();
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("change", (event) => event.target.matches(".tile-pick") && this.#pick(event.target));
    this.addEventListener("contextmenu", (event) => this.#press(event));
    this.addEventListener("dragstart", (event) => this.#carry(event));
    watchKeys(this);
    setInterval(() => $('.tile[data-state="running"]', this) && this.#render(), SECOND);
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
    const shown = batches(state, this.#filter);
    for (const tile of this.tiles) tile.selected = this.selection.has(tile.image?.id);
    keyed(
      this.list,
      shown,
      ({ generation }) => generation.id,
      createBatch,
      (el, batch) => updateBatch(el, batch, state),
    );
    this.selection.keep(state.images);
    this.#oneTabStop();
    this.#showEmptiness(shown, state);
    this.#showCounts(state);
    this.arrivals.look(shown);
  }

  /** The Tablet is one stop for Tab; arrows do the rest. */
  #oneTabStop() {
    const targets = $$(".tile-open, .tile:not([data-state=ready])", this.list);
    const current =
      targets.find((el) => el === document.activeElement) ?? targets.find((el) => el.tabIndex === 0) ?? targets[0];
    for (const el of targets) el.tabIndex = el === current ? 0 : -1;
  }

  #showEmptiness(shown, state) {
    const filtered = this.#filter.show !== "all" || this.#filter.words !== "";
    const atEnd = this.pages.atEnd(this.#filter);
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
    setText(
      this,
      "none",
      this.#filter.words
        ? `No images match “${this.#filter.words}”.`
        : { starred: "No starred images.", mine: "You have made no images here." }[this.#filter.show],
    );
    setText(
      this,
      "hint",
      this.#filter.show === "starred" && !this.#filter.words ? "Press . on an image to star it." : "",
    );
    if (!atEnd && !shown.length) this.#more();
  }

  #showCounts(state) {
    const all = [...state.images.values()].filter((image) => !image.pending);
    const whole = all.length >= state.images_total;
    setText(this, "all", state.images_total || "");
    setText(this, "starred", whole ? all.filter(acts.isStarred).length || "" : "");
    setText(this, "mine", whole ? all.filter((image) => image.author_id === state.me.user_id).length || "" : "");
  }

  async #more() {
    if (!app.store.state.workspace || this.pages.atEnd(this.#filter)) return;
    try {
      this.#failed = false;
      await this.pages.more(this.#filter);
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

  #listenToBar() {
    for (const button of $$("[data-show]", this))
      button.addEventListener("click", () => this.#look({ ...this.#filter, show: button.dataset.show }));
    const find = $(".find-in", this);
    find.addEventListener(
      "input",
      debounce(() => this.#look({ ...this.#filter, words: find.value.trim() }), 200),
    );
    for (const button of $$("[data-size-of]", this))
      button.addEventListener("click", () => this.resize(button.dataset.sizeOf));
    this.resize(localStorage.getItem(SIZE_KEY) ?? "m");
  }

  #look(filter) {
    this.#filter = filter;
    for (const button of $$("[data-show]", this)) {
      const on = button.dataset.show === filter.show;
      button.classList.toggle("active", on);
      setAttr(button, "aria-pressed", on ? "true" : "false");
    }
    this.scrollTop = 0;
    this.#render();
  }

  /** Tile size: "s", "m" or "l", remembered in this browser. */
  resize(size) {
    this.dataset.size = size;
    localStorage.setItem(SIZE_KEY, size);
    for (const button of $$("[data-size-of]", this))
      setAttr(button, "aria-pressed", button.dataset.sizeOf === size ? "true" : "false");
  }

  #click(event) {
    const wished = event.target.closest("[data-try]");
    if (wished) return wish("prompt:use", { text: wished.dataset.try });
    const tile = event.target.closest(".tile"),
      batch = event.target.closest(".batch");
    const { do: what } = event.target.closest("[data-do]")?.dataset ?? {};
    if (what === "clear-filter") this.#clear();
    else if (tile?.image) this.#onTile(event, tile, what);
    else if (batch) this.#onBatch(event, batch, what);
  }

  #onTile(event, tile, what) {
    if (what) return this.act(what, tile, event.target.closest("[data-do]"));
    if (!event.target.closest(".tile-open")) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.shiftKey)
      this.selection.toggle(tile.image, event.shiftKey ? this.tiles : null);
    else wish("lightbox:open", { image_id: tile.image.id });
  }

  /** A long press on a touch screen opens the menu; a mouse keeps the browser's own. */
  #press(event) {
    const tile = event.target.closest(".tile");
    if (!tile?.image || !matchMedia("(hover: none)").matches) return;
    event.preventDefault();
    openTileMenu(tile, tile, this);
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
    else if (what !== "save") acts[what]?.(image);
    else if (!anchor.href) acts.save(image);
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

  #clear() {
    $(".find-in", this).value = "";
    this.#look(NO_FILTER);
  }
}

customElements.define("picture-tablet", PictureTablet);
