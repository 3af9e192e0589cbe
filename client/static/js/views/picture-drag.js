/** Pictures carried by drag and drop from the Tablet to the chat or the prompt. */

import { app } from "../app.js";

const TYPE = "text/x-emulsion-image";

/** Call it on dragstart: what is dragged stands for this picture. */
export function carry(event, image) {
  event.dataTransfer.setData(TYPE, image.id);
  event.dataTransfer.effectAllowed = "copy";
}

/** Lets pictures of this workspace be dropped on an element; `take(image)` gets each. */
export function receive(el, take) {
  const carries = (event) => event.dataTransfer.types.includes(TYPE);
  const glow = (on) => el.classList.toggle("is-drop", on);
  el.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    glow(true);
  });
  el.addEventListener("dragleave", (event) => el.contains(event.relatedTarget) || glow(false));
  el.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    glow(false);
    const image = app.store.state.images.get(event.dataTransfer.getData(TYPE));
    if (image) take(image);
  });
}
