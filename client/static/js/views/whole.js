// A picture at its full size.

import { $, $$ } from "../dom.js";

/** Shows the whole picture; while it cannot be fetched, the small one that hangs on the wall stands in for it. */
export function showWhole(el, image) {
  el.onerror = () => {
    el.onerror = null;
    const small = smallOf(image);
    if (small) el.src = small;
  };
  el.src = image.original_url;
}

/** Whether the small picture stands in for the whole one. */
export const isSmall = (el, image) => Boolean(image.original_url) && el.getAttribute("src") !== image.original_url;

function smallOf({ id }) {
  const tile = $$(".tile").find((one) => one.image?.id === id);
  return tile && $("img", tile)?.currentSrc;
}
