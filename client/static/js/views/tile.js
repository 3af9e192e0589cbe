// One tile of the Tablet in each of its states; updated in place by what changed.

import { $, $$, clone, setAttr, setIcon, setText } from "../dom.js";
import { downloadUrl } from "../picture-file.js";
import { hungAlready } from "../first-sight.js";
import { canEdit, lookerAt, progressOf, usualSeconds } from "../pictures.js";
import { failure, FREE, ignoredWords, percent, rendering, waiting } from "../words.js";
import { isStarred } from "./picture-acts.js";
import { bedOf, blur, showThumb } from "./thumb.js";

const DEVELOP_MS = 700;
const TEMPLATES = {
  queued: "tile-waiting",
  running: "tile-waiting",
  ready: "tile-ready",
  failed: "tile-failed",
  cancelled: "tile-failed",
};

export function createTile() {
  return clone("tile");
}

/** Shows the image as the state has it; `seen` makes an unchanged tile cost nothing. */
export function updateTile(tile, image, state) {
  tile.image = image;
  const seen = [
    image,
    state.progress.get(image.id),
    state.places.get(image.id),
    lookerAt(state, image.id),
    state.me.role,
    state.selected.has(image.id),
    waitsNow(image),
  ];
  if (tile.seen?.every((value, at) => value === seen[at])) return;
  tile.seen = seen;
  if (tile.dataset.shape !== shapeOf(image)) reshape(tile, image);
  tile.dataset.state = image.status;
  setAttr(tile, "data-editable", canEdit(state));
  SHOW[image.status](tile, image, state);
  showLooker(tile, lookerAt(state, image.id));
}

const SHOW = {
  queued: showWaiting,
  running: showWaiting,
  ready: showReady,
  failed: showFailed,
  cancelled: showCancelled,
};

/** What decides the tile's inside: another shape is built anew, the same one is only written to. */
const shapeOf = (image) => `${TEMPLATES[image.status]} ${image.status === "ready" ? image.sha256 : ""}`;

/** A running tile changes every second. */
const waitsNow = (image) => (image.status === "running" ? Math.floor(Date.now() / 1000) : 0);

function reshape(tile, image) {
  const focused = tile.contains(document.activeElement);
  const previews = $$(".tile-preview", tile);
  $(".tile-face", tile)?.remove();
  tile.append(clone(TEMPLATES[image.status]));
  tile.dataset.shape = shapeOf(image);
  if (image.status === "ready") tile.removeAttribute("tabindex");
  setAttr(
    tile,
    "data-seed",
    image.status === "queued" || image.status === "running" ? bedOf(image.prompt + image.index) : null,
  );
  if (image.status === "ready") develop(tile, image, previews);
  else if (image.status !== "running") removeAll(previews);
  if (focused) focusTarget(tile).focus({ preventScroll: true });
}

/** The one thing of a tile that the arrow keys reach. */
export const focusTarget = (tile) => $(".tile-open", tile) ?? tile;

/** Thumbhash, then the picture; the last preview stays beneath until it has come up. */
function develop(tile, image, previews) {
  const open = $(".tile-open", tile);
  const hung = hungAlready(image.id);
  if (hung) return open.append(hung);
  const img = new Image();
  img.className = "is-wet";
  const hash = blur(image.thumbhash);
  if (hash && !previews.length) open.style.setProperty("background-image", `url(${hash})`);
  img.addEventListener(
    "load",
    () => {
      img.classList.remove("is-wet");
      setTimeout(() => removeAll(previews), DEVELOP_MS);
    },
    { once: true },
  );
  img.addEventListener("error", () => (img.classList.remove("is-wet"), removeAll(previews)), { once: true });
  setAttr(img, "loading", previews.length ? "eager" : "lazy");
  showThumb(img, image);
  open.append(img);
}

const removeAll = (elements) => elements.forEach((el) => el.remove());

function showReady(tile, image, state) {
  const open = $(".tile-open", tile);
  open.href = image.original_url;
  const pick = $(".tile-pick", tile);
  pick.checked = state.selected.has(image.id);
  setAttr(pick, "aria-label", `Select: ${image.prompt.slice(0, 120)}`);
  tile.classList.toggle("is-selected", pick.checked);
  $("[data-do=save]", tile).href = downloadUrl(image);
  const starred = isStarred(image);
  $(".tile-star", tile).hidden = !starred;
  const star = $("[data-do=star]", tile);
  setAttr(star, "aria-pressed", starred ? "true" : "false");
  setAttr(star, "aria-label", starred ? "Remove the star" : "Star");
  setIcon($("svg", star), starred ? "star-fill" : "star");
  for (const name of ["retry", "delete"]) $(`[data-do=${name}]`, tile).hidden = !canEdit(state);
  setText(tile, "ignored", ignoredWords(image.ignored));
}

function showWaiting(tile, image, state) {
  const progress = progressOf(state, image);
  const running = image.status === "running";
  const usual = running ? usualSeconds(state, image.model) : null;
  setText(tile, "foot", running ? rendering(image, progress, usual) : waiting(image, state.places.get(image.id)));
  setText(tile, "prompt", image.prompt);
  setAttr(tile, "tabindex", tile.getAttribute("tabindex") ?? "-1");
  $(".tile-cancel", tile).hidden = !canEdit(state) || Boolean(image.pending);
  const note = $(".tile-note", tile);
  note.hidden = !running;
  if (running) showProgress(tile, note, percent(image, progress, usual), image);
  if (progress?.preview) showPreview(tile, progress.preview);
}

function showProgress(tile, note, value, image) {
  setAttr(note, "aria-valuenow", value);
  setAttr(note, "aria-label", `Rendering: ${image.prompt.slice(0, 120)}`);
  setAttr($(".ring-arc", tile), "stroke-dasharray", `${value} 100`);
  setText(tile, "percent", value);
}

/** The newer preview fades in over the older one, which then goes. */
function showPreview(tile, url) {
  const before = $(".tile-preview:last-of-type", tile);
  if (before?.src === url) return;
  const img = new Image();
  img.className = "tile-preview";
  img.alt = "";
  img.src = url;
  if (before) before.after(img);
  else tile.prepend(img);
  if (before) setTimeout(() => before.remove(), DEVELOP_MS);
}

function showFailed(tile, image, state) {
  const { head, body, edit } = failure(image.error);
  showEnd(tile, { head, body, retry: canEdit(state) && !edit, edit: canEdit(state) && edit, remove: canEdit(state) });
}

function showCancelled(tile, image, state) {
  showEnd(tile, {
    head: "Cancelled",
    body: "",
    retry: canEdit(state),
    edit: false,
    remove: canEdit(state),
  });
}

function showEnd(tile, { head, body, retry, edit, remove }) {
  setText(tile, "head", head);
  setText(tile, "body", body);
  setText(tile, "cost", FREE);
  setAttr(tile, "tabindex", tile.getAttribute("tabindex") ?? "-1");
  $("[data-do=retry]", tile).hidden = !retry;
  $("[data-do=use]", tile).hidden = !edit;
  $("[data-do=delete]", tile).hidden = !remove;
}

function showLooker(tile, person) {
  const tag = $(".tile-who", tile);
  const shown = Boolean(person && tag);
  if (tag) tag.hidden = !shown;
  if (!shown) return setAttr(tile, "data-who", null);
  setAttr(tile, "data-who", person.color);
  setText(tag, "who", person.name);
}
