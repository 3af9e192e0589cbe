// The menus behind ⋯ of a tile and of a batch.

import { app } from "../app.js";
import { $ } from "../dom.js";
import { canEdit, modelOf } from "../pictures.js";
import * as acts from "./picture-acts.js";
import { openBeside } from "./place.js";

export function openTileMenu(tile, anchor, tablet) {
  const { state } = app.store;
  const editable = canEdit(state),
    ready = tile.image.status === "ready";
  const ended = ready || tile.image.status === "failed" || tile.image.status === "cancelled";
  const shown = {
    star: ready,
    use: editable,
    retry: editable && ended,
    vary: editable && ready && canVary(state, tile.image),
    ask: editable && ready,
    copy: true,
    save: ready,
    delete: editable,
  };
  openMenu($("#tile-menu"), anchor, shown, (what) => tablet.act(what, tile));
}

export function openBatchMenu(batch, anchor) {
  const { generation } = batch;
  const shown = { use: canEdit(app.store.state), copy: true, retry: batch.canRetry, cancel: batch.canCancel };
  const run = {
    use: () => acts.usePrompt(generation),
    copy: () => acts.copy(generation.template),
    retry: () => acts.retryBatch(generation),
    cancel: () => acts.cancelBatch(generation),
  };
  openMenu($("#batch-menu"), anchor, shown, (what) => run[what]());
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
