// The account menu, and everything in the page that opens another part of it.

import { app } from "../app.js";
import { $, $$, wish } from "../dom.js";
import { set, setting } from "../settings.js";
import { placeOnOpen } from "./place.js";

const menu = $("#me-menu");

placeOnOpen(menu, () => $$('[popovertarget="me-menu"]').find((button) => button.offsetParent));
menu.addEventListener("click", ({ target }) => target.closest(".menu-item") && menu.hidePopover());

document.addEventListener("click", ({ target }) => {
  const opens = target.closest("[data-opens]")?.dataset.opens;
  if (opens) wish(`${opens}:open`);
});

$('[data-do="log-out"]', menu).addEventListener("click", async () => {
  try {
    await app.api.post("/api/auth/logout");
    location.assign("/");
  } catch (error) {
    wish("toast", { text: error.message, tone: "danger" });
  }
});

const hideMe = $('[data-do="hide-me"]', menu);

function showHiding() {
  const hidden = setting("hidden") === "yes";
  hideMe.setAttribute("aria-pressed", hidden);
  $("span", hideMe).textContent = hidden ? "Show me to others" : "Hide me from others";
}

hideMe.addEventListener("click", () => set("hidden", setting("hidden") === "yes" ? "no" : "yes"));
document.addEventListener("setting:hidden", showHiding);
showHiding();
