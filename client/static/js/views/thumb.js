// The colours of a picture before it is there.

import { thumbHashToDataURL } from "../../vendor/thumbhash/thumbhash.js";

const SEEDS = 6;

/** A data URL painted from a base64 thumbhash; "" when there is none. */
export function blur(thumbhash) {
  if (!thumbhash) return "";
  return thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0)));
}

/** One of six two-colour beds, the same for a prompt everywhere. */
export function bedOf(text) {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return (sum % SEEDS) + 1;
}

/** Points an <img> at the thumbnails of an image. */
export function showThumb(img, image) {
  img.width = image.width;
  img.height = image.height;
  img.alt = image.prompt;
  img.decoding = "async";
  img.sizes = "(min-width: 1920px) 280px, (min-width: 1024px) 24vw, 46vw";
  img.srcset = Object.entries(image.thumbs)
    .map(([width, url]) => `${url} ${width}w`)
    .join(", ");
  img.src = image.thumbs["384"] ?? image.original_url;
}
