// The keys of the grid: arrows by where the tiles are, letters for what the buttons do.

import { app } from "../app.js";
import { $ } from "../dom.js";
import { canEdit } from "../pictures.js";
import { canVary } from "./menus.js";
import { undoLast } from "./picture-acts.js";
import { focusTarget } from "./tile.js";

const ACTS = {
  Delete: "delete",
  Backspace: "delete",
  ".": "star",
  x: "select",
  u: "use",
  y: "retry",
  d: "save",
  p: "copy",
  v: "vary",
};
const EDITS = ["delete", "use", "retry", "vary"];
const READY_ONLY = ["star", "select", "save", "vary"];
const SIZES = { 1: "s", 2: "m", 3: "l" };

export function watchKeys(tablet) {
  tablet.addEventListener("keydown", (event) => {
    const tile = event.target.closest(".tile");
    if (!tile || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("button, input")) return;
    if (onKey(event, tile, tablet)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => undoKey(event));
}

function onKey({ key, shiftKey }, tile, tablet) {
  if (SIZES[key]) return tablet.resize(SIZES[key]), true;
  if (key === "Escape" && tablet.selection.size) return tablet.selection.clear(), true;
  if (key === " ") return $("a.tile-open", tile)?.click(), true;
  if (key === "ContextMenu" || (shiftKey && key === "F10")) return tablet.act("more", tile), true;
  const what = ACTS[key.length === 1 ? key.toLowerCase() : key];
  if (what) return may(what, tile.image) && tablet.act(what, tile), true;
  const to = destination(key, tile, tablet.tiles);
  if (to && shiftKey) tablet.selection.toggle(to.image);
  if (to) focusTarget(to).focus();
  return Boolean(to);
}

function may(what, image) {
  const { state } = app.store;
  if (EDITS.includes(what) && !canEdit(state)) return false;
  if (READY_ONLY.includes(what) && image.status !== "ready") return false;
  return what !== "vary" || canVary(state, image);
}

function destination(key, tile, tiles) {
  const at = tiles.indexOf(tile);
  if (key === "ArrowRight") return tiles[at + 1];
  if (key === "ArrowLeft") return tiles[at - 1];
  if (key === "Home") return tiles[0];
  if (key === "End") return tiles.at(-1);
  if (key === "ArrowDown" || key === "PageDown") return nearest(tile, tiles, 1);
  if (key === "ArrowUp" || key === "PageUp") return nearest(tile, tiles, -1);
}

/** The tile of the next row in that direction whose middle is closest. */
function nearest(tile, tiles, way) {
  const from = tile.getBoundingClientRect();
  const middle = from.left + from.width / 2;
  let best,
    bestGap = Infinity,
    row;
  const order = way > 0 ? tiles.slice(tiles.indexOf(tile) + 1) : tiles.slice(0, tiles.indexOf(tile)).reverse();
  for (const other of order) {
    const at = other.getBoundingClientRect();
    if (Math.abs(at.top - from.top) < 4) continue;
    row ??= at.top;
    if (Math.abs(at.top - row) > 4) break;
    const gap = Math.abs(at.left + at.width / 2 - middle);
    if (gap < bestGap) [best, bestGap] = [other, gap];
  }
  return best;
}

function undoKey(event) {
  const undo = event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  if (undo && !event.target.closest("input, textarea, [contenteditable]") && undoLast()) event.preventDefault();
}
