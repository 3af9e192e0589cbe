/** Pictures carried by drag and drop: from the Tablet to the chat or the prompt, and out of the window as a file. */

import { app } from "../app.js";
import { addressOf, draggedFile } from "../picture-file.js";

const TYPE = "text/x-emulsion-image";

/** Call it on dragstart: what is dragged stands for this picture, and outside the window for its file. */
export function carry({ dataTransfer }, image) {
  dataTransfer.setData(TYPE, image.id);
  dataTransfer.setData("DownloadURL", draggedFile(image, location.origin));
  dataTransfer.setData("text/uri-list", addressOf(image, location.origin));
  dataTransfer.effectAllowed = "copy";
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
