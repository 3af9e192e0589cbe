// The menus behind ⋯ of a tile and of a batch.

import { app } from "../app.js";
import { $, setText } from "../dom.js";
import { canEdit, modelOf } from "../pictures.js";
import * as acts from "./picture-acts.js";
import { openBeside } from "./place.js";
import { swapSheet, toggleSheet, viewOf } from "./sheet-view.js";

export function openTileMenu(tile, anchor, tablet) {
  const { state } = app.store;
  const editable = canEdit(state),
    ready = tile.image.status === "ready";
  const ended = ready || tile.image.status === "failed" || tile.image.status === "cancelled";
  const shown = {
    star: ready,
    use: editable,
    all: editable && ready,
    remix: editable && ready,
    compare: ready && Boolean(tablet.partnerOf(tile)),
    select: ready,
    retry: editable && ended,
    vary: editable && ready && canVary(state, tile.image),
    ask: editable && ready,
    copy: true,
    save: ready,
    move: editable && ready,
    cancel: editable && !ended && !tile.image.pending,
    report: true,
    delete: editable,
  };
  const only = tablet.selection.only;
  setText($("#tile-menu"), "compare", only && only !== tile.image.id ? "Compare with the selected" : "Compare");
  setText($("#tile-menu"), "select", tablet.selection.has(tile.image.id) ? "Unselect" : "Select");
  setText($("#tile-menu"), "star", acts.isStarred(tile.image) ? "Remove the star" : "Star");
  openMenu($("#tile-menu"), anchor, shown, (what) => tablet.act(what, tile));
}

export function openBatchMenu(batch, anchor) {
  const { generation } = batch,
    menu = $("#batch-menu"),
    { on } = viewOf(generation.id);
  const shown = {
    use: canEdit(app.store.state),
    copy: true,
    retry: batch.canRetry,
    sheet: batch.canBeRead,
    swap: batch.canBeRead && on,
    picture: batch.canBeRead,
    cancel: batch.canCancel,
  };
  setText(menu, "sheet", on ? "Show as grid" : "Show as contact sheet");
  const run = {
    use: () => acts.usePrompt(generation),
    copy: () => acts.copy(generation.template),
    retry: () => acts.retryBatch(generation),
    sheet: () => toggleSheet(generation.id),
    swap: () => swapSheet(generation.id),
    picture: async () => (await import("./sheet-picture.js")).savePicture(batch),
    cancel: () => acts.cancelBatch(generation),
  };
  openMenu(menu, anchor, shown, (what) => run[what]());
}

export const canVary = (state, image) => Boolean(modelOf(state, image.model)?.capabilities.img2img);

/** Opens a menu beside its anchor with the items that `shown` names; `act(name)` gets the one chosen. */
export function openMenu(menu, anchor, shown, act) {
  for (const item of menu.querySelectorAll("[data-do]")) item.hidden = !shown[item.dataset.do];
  menu.onclick = ({ target }) => {
    const item = target.closest("[data-do]");
    if (!item) return;
    menu.hidePopover();
    act(item.dataset.do);
  };
  openBeside(menu, anchor);
  $("[data-do]:not([hidden])", menu)?.focus();
}
