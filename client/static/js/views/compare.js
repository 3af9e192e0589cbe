// Two pictures against each other: a slider, side by side, or flipped; zoomed as one.

import { app } from "../app.js";
import { $, $$, setAttr, setIcon, setText } from "../dom.js";
import { downloadUrl } from "../picture-file.js";
import { canEdit } from "../pictures.js";
import { LinkedZoom } from "./linked-zoom.js";
import * as acts from "./picture-acts.js";
import { showWhole } from "./whole.js";

const MODES = ["slider", "side", "flip"];
const SLIDE = 4;

class PictureCompare extends HTMLElement {
  #images = [];
  #back = null;

  connectedCallback() {
    this.dialog = $("dialog", this);
    this.range = $(".cmp-range", this);
    this.zoom = new LinkedZoom($(".cmp-stage", this), $$(".cmp-img", this), (words) => setText(this, "zoom", words));
    document.addEventListener("compare:open", ({ detail }) => this.#open(detail.ids));
    this.dialog.addEventListener("click", (event) => this.#click(event.target));
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.dialog.addEventListener("keyup", ({ key }) => key === " " && this.#flip(false));
    this.dialog.addEventListener("close", () => this.#back?.isConnected && this.#back.focus());
    this.range.addEventListener("input", () => this.#slide(Number(this.range.value)));
    app.store.watch(["images", "me"], (state) => this.dialog.open && this.#render(state));
  }

  #open(ids) {
    const { images } = app.store.state;
    this.#images = ids.map((id) => images.get(id)).filter((image) => image?.original_url);
    if (this.#images.length !== 2) return;
    this.#back = document.activeElement;
    if (!this.dialog.open) this.dialog.showModal();
    this.#mode(this.dialog.dataset.mode);
    this.#show();
  }

  #show() {
    this.#slide(50);
    this.zoom.fit();
    this.#images.forEach((image, side) => {
      const picture = $(`.cmp-img[data-side="${side}"]`, this);
      showWhole(picture, image);
      picture.alt = image.prompt;
    });
    this.#render(app.store.state);
  }

  /** A picture that somebody deletes meanwhile leaves nothing to compare. */
  #render(state) {
    this.#images = this.#images.map((image) => state.images.get(image.id));
    if (this.#images.some((image) => !image)) return this.dialog.close();
    const words = differences(...this.#images);
    this.#images.forEach((image, side) => {
      const part = $(`.cmp-side[data-side="${side}"]`, this);
      setText(this, `side-${side}`, words[side]);
      const star = $("[data-do=star]", part),
        starred = acts.isStarred(image);
      setAttr(star, "aria-pressed", starred ? "true" : "false");
      setIcon($("svg", star), starred ? "star-fill" : "star");
      $("[data-do=save]", part).href = downloadUrl(image);
      $("[data-do=delete]", part).hidden = !canEdit(state);
    });
  }

  #click(target) {
    const button = target.closest("button");
    if (button?.dataset.modeOf) return this.#mode(button.dataset.modeOf);
    const what = button?.dataset.do;
    const side = target.closest(".cmp-side")?.dataset.side;
    if (side && what) return acts.run(what, this.#images[side]);
    const run = {
      close: () => this.dialog.close(),
      swap: () => this.#swap(),
      zoom: () => this.zoom.toggle(),
      flip: () => this.#flip(!this.dialog.classList.contains("is-flipped")),
    };
    run[what]?.();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.closest("button, a, input")) return;
    const run = {
      " ": () => this.#flip(true),
      m: () => this.#mode(MODES[(MODES.indexOf(this.dialog.dataset.mode) + 1) % MODES.length]),
      c: () => this.#swap(),
      z: () => this.zoom.toggle(),
      "+": () => this.zoom.by(1),
      "=": () => this.zoom.by(1),
      "-": () => this.zoom.by(-1),
      0: () => this.zoom.fit(),
      ArrowLeft: () => this.#slide(Number(this.range.value) - SLIDE),
      ArrowRight: () => this.#slide(Number(this.range.value) + SLIDE),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run || (event.target === this.range && event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    run();
  }

  #mode(mode) {
    this.dialog.dataset.mode = mode;
    for (const button of $$("[data-mode-of]", this))
      setAttr(button, "aria-pressed", button.dataset.modeOf === mode ? "true" : "false");
    this.#flip(false);
    this.zoom.fit();
    const focused = document.activeElement;
    if (focused?.dataset.modeOf || !this.dialog.contains(focused)) $(`[data-mode-of=${mode}]`, this).focus();
  }

  #flip(on) {
    this.dialog.classList.toggle("is-flipped", on);
    const button = $(".cmp-flip", this);
    setAttr(button, "aria-pressed", on ? "true" : "false");
    button.textContent = on ? "Show the first" : "Show the second";
  }

  #slide(at) {
    const inside = Math.max(0, Math.min(100, at));
    this.range.value = inside;
    this.dialog.style.setProperty("--at", `${inside}%`);
  }

  #swap() {
    this.#images.reverse();
    this.#show();
  }
}

/** What tells two pictures apart, in words for each: the values chosen, else the seed, the model, the prompt. */
function differences(a, b) {
  const axes = Object.keys(a.assignment).filter((axis) => a.assignment[axis] !== b.assignment[axis]);
  if (axes.length) return [a, b].map((image) => axes.map((axis) => image.assignment[axis] ?? "").filter(Boolean).join(", "));
  if (a.prompt !== b.prompt) return [a.prompt, b.prompt];
  if (a.model !== b.model) return [a.model, b.model];
  return [`seed ${a.seed}`, `seed ${b.seed}`];
}

customElements.define("picture-compare", PictureCompare);
