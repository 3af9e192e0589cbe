// The keys that act everywhere in the page.

import { $, wish } from "../dom.js";
import { isBare, comboOf } from "../keymap.js";
import { fetchPart } from "../later.js";
import { set, setting } from "../settings.js";
import { keyed } from "./keys.js";
import { undoLast } from "./picture-acts.js";

const TEXT = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

/** What can be done from anywhere, by key or from the palette; false when there was nothing to do. */
export const GLOBAL = {
  palette: () => wish("palette:open"),
  keys: () => wish("keys:open"),
  prompt: () => wish("panel:open"),
  undo: () => Boolean(undoLast()),
  others: () => set("others", setting("others") === "hidden" ? "shown" : "hidden"),
  panel: () => wish("panel:toggle"),
  queue: () => $("#queue-drawer").togglePopover(),
};

/** Between Ctrl and K there is time to fetch the palette, so that what is typed next goes into it. */
document.addEventListener("keydown", ({ key }) => {
  if (key === "Control" || key === "Meta") fetchPart("command-palette").catch(() => {});
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat) return;
  const name = keyed(event, "everywhere");
  if (!name || !mayAct(name, event)) return;
  if (GLOBAL[name]() !== false) event.preventDefault();
});

/** In a text field keys write; beside an open dialog only its own keys and the palette's act. */
function mayAct(name, event) {
  const writing = event.target.closest?.(TEXT);
  if (writing && (isBare(comboOf(event)) || name === "undo")) return false;
  return !$("dialog[open]") || ["undo", "others"].includes(name);
}

const showOthers = () => document.body.classList.toggle("is-alone", setting("others") === "hidden");
document.addEventListener("setting:others", showOthers);
showOthers();
