// One batch on the Tablet: its header in words and its tiles in balanced columns.

import { $, $$, clone, keyed, setAttr, setText } from "../dom.js";
import { macroSpans, painted } from "../ink.js";
import { personOf, wear } from "../people.js";
import { canEdit, isUnfinished, modelOf } from "../pictures.js";
import { canBeRead } from "../sheet.js";
import { ago } from "../timing.js";
import { batchState, plural } from "../words.js";
import { drawing, viewOf } from "./sheet-view.js";
import { createTile, updateTile } from "./tile.js";

const HALF_MINUTE_MS = 30_000;

export function createBatch({ generation }) {
  const batch = clone("batch");
  const title = $(".batch-prompt", batch);
  title.id = `batch-${generation.id}`;
  batch.setAttribute("aria-labelledby", title.id);
  return batch;
}

/** Shows the batch as the state has it; one in which nothing happened costs a comparison. */
export function updateBatch(batch, { generation, images }, state) {
  const seen = [...outside(generation, state), ...images];
  if (batch.seen?.length === seen.length && batch.seen.every((value, at) => value === seen[at])) return;
  batch.seen = seen;
  batch.generation = generation;
  batch.images = images;
  showHead(batch, generation, images, state);
  const grid = $(".grid", batch);
  setAttr(grid, "aria-label", plural(images.length, "image"));
  setShape(batch, grid, images);
  const asSheet = showReading(batch, generation, images);
  keyed(
    grid,
    asSheet ? [] : images,
    (image) => image.index,
    createTile,
    (tile, image) => updateTile(tile, image, state),
  );
  grid.hidden = asSheet;
  if (asSheet) drawing.showSheet(batch.sheet, batch, state);
  else if (batch.sheet.tiles) drawing.hideSheet(batch.sheet);
}

/** What else than its images a batch shows; the time of day counts by half a minute. */
function outside(generation, state) {
  const { me, models, presence, places, selected } = state;
  const now = Math.floor(Date.now() / HALF_MINUTE_MS);
  const author = personOf(generation.author_id);
  const looking = presence.map(({ user_id, focus }) => (focus ? `${user_id} ${focus}` : "")).join("");
  return [generation, author, me.role, models, looking, places, selected, viewOf(generation.id), now];
}

/** Offers the contact sheet where there is an axis; tells whether the batch is read as one now. */
function showReading(batch, generation, images) {
  batch.sheet ??= $(".batch-sheet", batch);
  batch.canBeRead = canBeRead(generation, images);
  const asSheet = batch.canBeRead && viewOf(generation.id).on;
  $(".batch-read", batch).hidden = !batch.canBeRead;
  for (const button of $$(".batch-read .btn", batch))
    setAttr(button, "aria-pressed", String((button.dataset.do === "as-sheet") === asSheet));
  return asSheet;
}

function showHead(batch, generation, images, state) {
  showPrompt(batch, generation);
  const author = personOf(generation.author_id);
  if (batch.author !== author) {
    batch.author = author;
    wear($(".avatar", batch), author);
    setText(batch, "author", `${author.name}: `);
  }
  setText(batch, "model", modelOf(state, generation.model)?.name ?? generation.model);
  setText(batch, "ago", ago(generation.created_at));
  showState(batch, images, state);
}

function showPrompt(batch, generation) {
  if (batch.template === generation.template) return;
  batch.template = generation.template;
  const words = $(".batch-copy", batch);
  words.replaceChildren(painted(generation.template, macroSpans(generation.template)));
}

function showState(batch, images, state) {
  const under = batchState(images);
  setAttr(batch, "data-state", under ? "running" : "done");
  showCount(batch, under);
  const failed = images.filter((image) => image.status === "failed").length;
  const retry = $(".batch-retry", batch);
  retry.hidden = !failed || !canEdit(state);
  retry.textContent = failed ? `Retry ${failed} failed` : "";
  batch.canCancel = canEdit(state) && images.some((image) => isUnfinished(image) && !image.pending);
  batch.canRetry = canEdit(state) && images.some((image) => image.status === "failed" || image.status === "cancelled");
}

/** The count stands in the header only while it counts. */
function showCount(batch, under) {
  batch.counter ??= $(".batch-state", batch);
  if (!under) return batch.counter.remove();
  setText(batch.counter, "strong", under.strong);
  setText(batch.counter, "rest", under.rest);
  if (!batch.counter.isConnected) $(".batch-meta", batch).before(batch.counter);
}

function setShape(batch, grid, images) {
  const sized = images.find((image) => image.width && image.height);
  const shape = `${images.length} ${sized ? `${sized.width} / ${sized.height}` : "1"}`;
  if (batch.shape === shape) return;
  batch.shape = shape;
  grid.style.setProperty("--n", images.length);
  grid.style.setProperty("--ar", shape.slice(shape.indexOf(" ") + 1));
}
