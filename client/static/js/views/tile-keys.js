// The keys of the grid: arrows by where the tiles are, letters for what the buttons do.

import { app } from "../app.js";
import { $ } from "../dom.js";
import { canEdit } from "../pictures.js";
import { keyed } from "./keys.js";
import { canVary } from "./menus.js";
import { focusTarget } from "./tile.js";

const EDITS = ["delete", "move", "use", "all", "remix", "retry", "vary"];
const READY_ONLY = ["star", "move", "select", "save", "vary", "compare", "all", "remix"];

export function watchKeys(tablet) {
  tablet.addEventListener("keydown", (event) => {
    const tile = event.target.closest(".tile");
    if (!tile || event.target.closest("button, input")) return;
    if (onKey(event, tile, tablet)) event.preventDefault();
  });
}

function onKey(event, tile, tablet) {
  const what = keyed(event, "grid");
  if (what?.startsWith("size-")) return tablet.resize(what.at(-1)), true;
  if (what === "select-all") return tablet.selectAll(), true;
  if (what) return may(what, tile.image) && tablet.act(what, tile), true;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "Escape" && tablet.selection.size) return tablet.selection.clear(), true;
  if (event.key === " ") return $("a.tile-open", tile)?.click(), true;
  return move(event, tile, tablet);
}

function move({ key, shiftKey }, tile, tablet) {
  const to = destination(key, tile, tablet.tiles);
  if (!to) return false;
  if (shiftKey) for (const { image } of [tile, to]) if (!tablet.selection.has(image.id)) tablet.selection.toggle(image);
  focusTarget(to).focus();
  return true;
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
