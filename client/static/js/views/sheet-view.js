// How this tab reads each batch: as a grid, or as a contact sheet, which is fetched when one is first wished for.

import { app } from "../app.js";
import { wish } from "../dom.js";
import { PLAIN } from "../sheet.js";

/** What draws a contact sheet; there before any batch is read as one. */
export let drawing = null;

export const viewOf = (id) => app.store.state.sheets.get(id) ?? PLAIN;

/** Remembers how a batch is read; `change` makes the new view of the old one. */
export function read(id, change) {
  app.store.change(["sheets"], (state) => state.sheets.set(id, change(viewOf(id))));
}

export async function toggleSheet(id, on = !viewOf(id).on) {
  try {
    drawing ??= await import("./sheet.js");
    read(id, (view) => ({ ...view, on }));
  } catch {
    wish("toast", { text: "The contact sheet could not be fetched. Try again in a moment.", tone: "danger" });
  }
}

export const swapSheet = (id) => read(id, (view) => ({ ...view, swapped: !view.swapped }));
