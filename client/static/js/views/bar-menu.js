// The menu behind ⋯ of the Tablet's bar, fetched when it is first opened.

import { app } from "../app.js";
import { $, setText, wish } from "../dom.js";
import { askToNotify } from "../notify.js";
import { isLooking } from "../pictures.js";
import { set, setting } from "../settings.js";
import { openMenu } from "./menus.js";

function open({ anchor, tablet }) {
  const menu = $("#bar-menu");
  const isNotified = setting("notify") === "yes",
    isAlone = setting("others") === "hidden";
  setText(menu, "notify", isNotified ? "Stop telling me when a batch ends" : "Tell me when a batch ends");
  setText(menu, "others", isAlone ? "Show other people" : "Hide other people");
  setText(menu, "panel", document.body.classList.contains("is-panel-hidden") ? "Show the panel" : "Hide the panel");
  const run = {
    filter: () => tablet.bar.openFilters(),
    all: () => tablet.selectAll(),
    trash: () => wish("trash:open"),
    recipe: () => wish("recipe:choose"),
    notify: async () => wish("toast", await askToNotify(!isNotified)),
    others: () => set("others", isAlone ? "shown" : "hidden"),
    panel: () => wish("panel:toggle"),
    palette: () => wish("palette:open"),
    keys: () => wish("keys:open"),
  };
  const shown = Object.fromEntries(Object.keys(run).map((name) => [name, true]));
  shown.recipe = !isLooking(app.store.state);
  openMenu(menu, anchor, shown, (what) => run[what]());
}

document.addEventListener("bar-menu:open", ({ detail }) => open(detail));
