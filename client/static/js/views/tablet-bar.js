// The bar of the Tablet: what is shown, search, filters and tile size.

import { app } from "../app.js";
import { $, $$, setAttr, setText } from "../dom.js";
import { CHOSEN, countChosen, NO_FILTER } from "../filter.js";
import { personOf } from "../people.js";
import { debounce } from "../timing.js";
import { placeOnOpen } from "./place.js";

const SIZE_KEY = "tile-size";
const TYPING_MS = 200;

export class TabletBar {
  filter = NO_FILTER;

  constructor(tablet, onLook) {
    Object.assign(this, { tablet, onLook });
    this.pop = $("#filter-pop");
    this.form = $("form", this.pop);
    this.find = $(".find-in", tablet);
    for (const button of $$("[data-show]", tablet))
      button.addEventListener("click", () => this.look({ show: button.dataset.show }));
    this.find.addEventListener(
      "input",
      debounce(() => this.look({ words: this.find.value.trim() }), TYPING_MS),
    );
    for (const button of $$("[data-size-of]", tablet))
      button.addEventListener("click", () => this.resize(button.dataset.sizeOf));
    this.#listenToFilters();
    this.resize(localStorage.getItem(SIZE_KEY) ?? "m");
  }

  /** Changes part of the filter and shows the Tablet from the top. */
  look(change) {
    this.filter = { ...this.filter, ...change };
    for (const button of $$("[data-show]", this.tablet)) {
      const on = button.dataset.show === this.filter.show;
      button.classList.toggle("active", on);
      setAttr(button, "aria-pressed", on ? "true" : "false");
    }
    this.#showChosen();
    this.onLook();
  }

  clear() {
    this.find.value = "";
    this.form.reset();
    this.look(NO_FILTER);
    const all = $("[data-show=all]", this.tablet);
    (this.pop.matches(":popover-open") ? $("select", this.pop) : all).focus({ preventScroll: true });
  }

  openFilters() {
    this.pop.showPopover();
    $("select", this.pop).focus();
  }

  /** Tile size: "s", "m" or "l", remembered in this browser. */
  resize(size) {
    this.tablet.dataset.size = size;
    localStorage.setItem(SIZE_KEY, size);
    for (const button of $$("[data-size-of]", this.tablet))
      setAttr(button, "aria-pressed", button.dataset.sizeOf === size ? "true" : "false");
  }

  /** How many there are, where that is known. */
  showCounts(state, isStarred) {
    const all = [...state.images.values()].filter((image) => !image.pending);
    const whole = all.length >= state.images_total;
    setText(this.tablet, "all", state.images_total || "");
    setText(this.tablet, "starred", whole ? all.filter(isStarred).length || "" : "");
    setText(this.tablet, "mine", whole ? all.filter((image) => image.author_id === state.me.user_id).length || "" : "");
  }

  #listenToFilters() {
    placeOnOpen(this.pop, () => $$(".bar-filter, .bar-more", this.tablet).find((button) => button.offsetParent));
    this.pop.addEventListener("beforetoggle", ({ newState }) => newState === "open" && this.#fill());
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.pop.hidePopover()));
    this.form.addEventListener("change", () => {
      const fields = new FormData(this.form);
      this.look(Object.fromEntries(CHOSEN.map((name) => [name, fields.get(name) ?? ""])));
    });
    $("[data-do=clear-filter]", this.pop).addEventListener("click", () => this.clear());
  }

  /** Offers what there is to choose from right now. */
  #fill() {
    const { state } = app.store;
    const images = [...state.images.values()];
    const models = new Set(images.map((image) => image.model));
    const people = new Set([...state.members.keys(), ...images.map((image) => image.author_id)]);
    const nameOf = (id) => state.models.find((model) => model.id === id)?.name ?? id;
    this.#offer("model", [...models].map((id) => [id, nameOf(id)]));
    this.#offer("style", [...state.styles.values()].map(({ id, name }) => [id, name]));
    this.#offer("by", [...people].map((id) => [id, personOf(id).name]));
    this.#offer("tag", [...new Set(images.flatMap((image) => image.tags))].map((tag) => [tag, tag]));
  }

  #offer(name, choices) {
    const field = this.form.elements[name];
    const chosen = this.filter[name];
    const sorted = choices.sort((a, b) => a[1].localeCompare(b[1])).map(([value, text]) => new Option(text, value));
    field.replaceChildren(field.options[0], ...sorted);
    field.value = chosen;
    field.closest(".filter-field").hidden = !choices.length;
  }

  #showChosen() {
    const n = countChosen(this.filter);
    setText(this.tablet, "filters", n || "");
    setAttr($(".bar-filter", this.tablet), "data-on", n > 0);
    $("[data-do=clear-filter]", this.pop).hidden = !n;
  }
}
