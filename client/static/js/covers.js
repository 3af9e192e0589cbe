/** What the pictures at hand tell of a model or a style: how it looks, how long it takes. */

import { app } from "./app.js";
import { usualSeconds } from "./pictures.js";

/** The thumbnail of the newest ready picture of a model, or "". */
export const coverOfModel = (id) => coverOf((image) => image.model === id);

/** The thumbnail of the newest ready picture made with a style, or "". */
export function coverOfStyle(id) {
  const { generations } = app.store.state;
  return coverOf((image) => generations.get(image.generation_id)?.styles.some((style) => style.id === id));
}

/** "about 7 s", the middle of what a model has taken, or "". */
export function usualTime(modelId) {
  const seconds = usualSeconds(app.store.state, modelId);
  return seconds === null ? "" : `about ${Math.max(1, Math.round(seconds))} s`;
}

function coverOf(fits) {
  let newest = null;
  for (const image of app.store.state.images.values()) {
    if (image.status === "ready" && !(newest?.created_at >= image.created_at) && fits(image)) newest = image;
  }
  return newest?.thumbs["384"] ?? "";
}
