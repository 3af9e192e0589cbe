// One picture at full size: walk its batch, zoom, act, and see who looks too.

import { app } from "../app.js";
import { $, setAttr, setIcon, setText, wish } from "../dom.js";
import { personOf, wear } from "../people.js";
import { downloadUrl } from "../picture-file.js";
import { canEdit, lookerAt, siblings } from "../pictures.js";
import { keyed } from "./keys.js";
import { showDetails } from "./lightbox-details.js";
import { showFilm } from "./lightbox-film.js";
import { Tags } from "./lightbox-tags.js";
import { canVary } from "./menus.js";
import { morph } from "./morph.js";
import * as acts from "./picture-acts.js";
import { tabStop } from "./tab-stop.js";
import { blur } from "./thumb.js";
import { isSmall, showWhole } from "./whole.js";
import { Zoom } from "./zoom.js";

const EDITS = ["delete", "use", "all", "remix", "retry", "vary", "restore"];
const SWIPE_PX = 60;

class PictureLightbox extends HTMLElement {
  #image = null;
  #goneBy = null;
  #batch = [];

  connectedCallback() {
    this.dialog = $("dialog", this);
    this.picture = $(".lb-img", this);
    this.tags = new Tags($(".lb-tags", this));
    this.zoom = new Zoom(this.picture, $(".lb-stage", this), (words) => setText(this, "zoom", words));
    document.addEventListener("lightbox:open", ({ detail }) => this.#open(detail));
    this.dialog.addEventListener("click", (event) => this.#click(event));
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.dialog.addEventListener("close", () => this.#closed());
    this.picture.addEventListener("load", () => this.picture.style.removeProperty("background-image"));
    this.#listenToSwipes();
    app.store.follow((event) => this.#heard(event));
    app.store.watch(["connection"], ({ connection }) => connection === "live" && this.#image && this.#back());
    app.store.watch(
      ["images", "generations", "presence", "members", "models", "me"],
      () => this.dialog.open && this.#render(),
    );
  }

  /** `from` is the picture on the Tablet that was pressed; keys do not wait for a movement. */
  #open({ image_id, from }) {
    const image = app.store.state.images.get(image_id);
    if (!image) return;
    morph(from, this.picture, () => {
      if (!this.dialog.open) this.dialog.showModal();
      this.#look(image);
    });
  }

  #look(image) {
    this.#image = image;
    this.#goneBy = null;
    this.zoom.fit();
    this.#showPicture(image);
    this.#render();
    app.commands.setFocus(image.id);
    this.#fetchNeighbours();
  }

  /** The line is there again. */
  #back() {
    app.commands.setFocus(this.#image.id);
    if (isSmall(this.picture, this.#image)) this.#showPicture(this.#image);
  }

  #closed() {
    app.commands.setFocus(null);
    const tile = [...document.querySelectorAll(".tile")].find((el) => el.image?.id === this.#image?.id);
    const target = tile && ($(".tile-open", tile) ?? tile);
    (target ?? tabStop())?.focus();
    this.#image = null;
  }

  #heard({ type, data, actor_id }) {
    if (!this.#image || data.id !== this.#image.id || type !== "image.deleted") return;
    if (actor_id === app.store.state.me.user_id) return;
    this.#goneBy = actor_id;
  }

  #render() {
    const { state } = app.store;
    const fresh = state.images.get(this.#image.id);
    if (fresh) {
      if (fresh.sha256 !== this.#image.sha256) this.#showPicture(fresh);
      this.#image = fresh;
      this.#goneBy = null;
    }
    this.#batch = this.#withThis(siblings(state, this.#image.generation_id));
    this.#showPlace(state);
    this.#showGone(Boolean(fresh));
    this.#showActs(state);
    showDetails(this, this.#image, this.#batch, state);
    this.tags.show(this.#image, state);
    showFilm($(".film", this), this.#batch, this.#image, (image) => this.#look(image));
  }

  /** A deleted picture keeps its place while one looks at it. */
  #withThis(images) {
    if (images.some((image) => image.id === this.#image.id)) return images;
    return [...images, this.#image].sort((a, b) => a.index - b.index);
  }

  #showPicture(image) {
    const { picture } = this;
    picture.style.setProperty("--ar", `${image.width} / ${image.height}`);
    const hash = blur(image.thumbhash);
    if (hash) picture.style.setProperty("background-image", `url(${hash})`);
    picture.width = image.width;
    picture.height = image.height;
    picture.alt = image.prompt;
    picture.hidden = !image.original_url;
    if (image.original_url) showWhole(picture, image);
    else picture.removeAttribute("src");
  }

  #showPlace(state) {
    const at = this.#batch.findIndex((image) => image.id === this.#image.id);
    setText(this, "title", this.#image.prompt);
    setText(this, "place", at + 1);
    setText(this, "of", ` / ${this.#batch.length}`);
    setAttr($("[data-do=previous]", this), "aria-disabled", this.#beside(-1) ? null : "true");
    setAttr($(".lb-step[data-do=next]", this), "aria-disabled", this.#beside(1) ? null : "true");
    const here = lookerAt(state, this.#image.id);
    $(".lb-here", this).hidden = !here;
    if (here) wear($(".lb-here .avatar", this), here);
    setText(this, "here", here && `${here.name} is looking too`);
  }

  #showGone(present) {
    const gone = !present;
    this.dialog.classList.toggle("is-gone", gone);
    $(".lb-gone", this).hidden = !gone;
    setText(this, "gone", gone ? `${this.#goneBy ? personOf(this.#goneBy).name : "You"} deleted this.` : "");
    $("[data-do=restore]", this).hidden = !canEdit(app.store.state);
    $(".lb-gone [data-do=next]", this).hidden = this.#batch.length < 2;
  }

  #showActs(state) {
    const image = this.#image,
      starred = acts.isStarred(image),
      editable = canEdit(state);
    const star = $("[data-do=star]", this);
    setAttr(star, "aria-pressed", starred ? "true" : "false");
    setText(star, "star", starred ? "Starred" : "Star");
    setIcon($("svg", star), starred ? "star-fill" : "star");
    $("[data-do=compare]", this).hidden = !(this.#beside(1) ?? this.#beside(-1));
    for (const name of ["use", "all", "remix", "retry", "delete"]) $(`[data-do=${name}]`, this).hidden = !editable;
    $("[data-do=vary]", this).hidden = !(editable && canVary(state, image));
    $(".lb-acts [data-do=save]", this).href = downloadUrl(image);
  }

  #click(event) {
    const what = event.target.closest("[data-do]")?.dataset.do;
    if (what && what !== "save") this.#act(what);
  }

  #key(event) {
    if (event.target.closest("input")) return;
    const what = keyed(event, "lightbox");
    if (!what) return;
    event.preventDefault();
    if (what === "save") acts.save(this.#image);
    else this.#act(what);
  }

  #act(what) {
    if (EDITS.includes(what) && !canEdit(app.store.state)) return;
    const own = {
      previous: () => this.#step(-1),
      next: () => this.#step(1),
      close: () => this.dialog.close(),
      details: () => this.#toggleDetails(),
      delete: () => this.#delete(),
    };
    const zooms = {
      zoom: () => this.zoom.toggle(),
      larger: () => this.zoom.by(1),
      smaller: () => this.zoom.by(-1),
      fit: () => this.zoom.fit(),
    };
    const image = this.#image;
    const leave = (run) => () => (this.dialog.close(), run(image));
    const whole = {
      restore: () => acts.restore([this.#image.id]),
      compare: () => this.#compare(),
      use: leave(acts.use),
      all: leave(acts.useAll),
      remix: leave(acts.remix),
    };
    const run = { ...own, ...zooms, ...whole }[what] ?? (() => acts.run(what, image));
    run();
  }

  /** The picture against the next of its batch, over this view. */
  #compare() {
    const other = this.#beside(1) ?? this.#beside(-1);
    if (other) wish("compare:open", { ids: [this.#image.id, other.id] });
  }

  /** The nearest picture of the batch that way. */
  #beside(way) {
    const rest = this.#batch.filter((image) => image.original_url);
    if (way > 0) return rest.find((image) => image.index > this.#image.index);
    return rest.findLast((image) => image.index < this.#image.index);
  }

  #step(way) {
    const gone = this.dialog.classList.contains("is-gone");
    const to = this.#beside(way) ?? (gone ? this.#beside(-way) : null);
    if (to) this.#look(to);
  }

  /** The picture goes and the next one comes; with nothing left the view closes. */
  #delete() {
    const image = this.#image;
    acts.remove([image]);
    const others = this.#batch.filter((other) => other.id !== image.id && other.original_url);
    if (others.length) this.#look(others.find((other) => other.index > image.index) ?? others.at(-1));
    else this.dialog.close();
  }

  #toggleDetails() {
    const hidden = this.dialog.classList.toggle("is-bare");
    setAttr($("[data-do=details]", this), "aria-pressed", hidden ? "false" : "true");
    this.zoom.fit();
  }

  #fetchNeighbours() {
    const at = this.#batch.findIndex((image) => image.id === this.#image.id);
    for (const near of [this.#batch[at + 1], this.#batch[at - 1]]) {
      if (!near?.original_url) continue;
      const ahead = new Image();
      ahead.fetchPriority = "low";
      ahead.src = near.original_url;
    }
  }

  #listenToSwipes() {
    let from = null;
    const stage = $(".lb-stage", this);
    stage.addEventListener(
      "touchstart",
      ({ touches }) => (from = touches.length === 1 && this.zoom.atFit ? touches[0].clientX : null),
      { passive: true },
    );
    stage.addEventListener("touchend", ({ changedTouches }) => {
      const moved = from === null ? 0 : changedTouches[0].clientX - from;
      if (Math.abs(moved) > SWIPE_PX) this.#step(moved < 0 ? 1 : -1);
    });
  }
}

customElements.define("picture-lightbox", PictureLightbox);
