// The strip of the batch under the picture.

import { $, keyed, setAttr } from "../dom.js";

export function showFilm(film, images, current, look) {
  film.hidden = images.length < 2;
  const ready = images.filter((image) => image.original_url);
  keyed(
    film,
    ready,
    (image) => image.id,
    (image) => createFrame(image, look),
    (item, image) => {
      item.image = image;
      const frame = $(".film-frame", item);
      const here = image.id === current.id;
      if (here && !frame.hasAttribute("aria-current")) item.scrollIntoView({ inline: "nearest", block: "nearest" });
      setAttr(frame, "aria-current", here ? "true" : null);
    },
  );
}

function createFrame(image, look) {
  const item = document.createElement("li");
  const frame = document.createElement("a");
  frame.className = "film-frame";
  frame.href = image.original_url;
  const img = new Image(96, 64);
  img.src = image.thumbs["384"] ?? image.original_url;
  img.alt = Object.values(image.assignment).join(", ") || `Image ${image.index + 1}`;
  frame.append(img);
  item.append(frame);
  frame.addEventListener("click", (event) => (event.preventDefault(), look(item.image)));
  return item;
}
