// What the page shows before the room is there: the size of its parts as this browser knows them, and the newest
// pictures, which came with the page and are in colour before they are loaded.

import "./tips.js";
import { blur } from "./views/thumb.js";

const rail = localStorage.getItem("panel-width");
if (rail) document.documentElement.style.setProperty("--rail", `${Number(rail)}px`);
document.body.classList.toggle("is-panel-hidden", localStorage.getItem("panel-hidden") === "yes");
document.querySelector("picture-tablet").dataset.size = localStorage.getItem("tile-size") ?? "m";

for (const grid of document.querySelectorAll("[data-part=first] .grid")) {
  grid.style.setProperty("--n", grid.dataset.count);
  grid.style.setProperty("--ar", grid.dataset.shape);
}
for (const face of document.querySelectorAll("[data-part=first] .avatar")) face.style.setProperty("--who", face.dataset.who);
for (const tile of document.querySelectorAll("[data-part=first] [data-thumbhash]"))
  tile.style.setProperty("background-image", `url(${blur(tile.dataset.thumbhash)})`);

/** The picture as it already hangs there, for its tile; null when it did not come with the page. */
export const hungAlready = (id) => document.querySelector(`[data-part=first] [data-of="${id}"]`);
