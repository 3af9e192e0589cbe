/** The pictures of a chat message: small, and in full size when pressed. */

import { app } from "../app.js";
import { $, clone, keyed, setAttr, wish } from "../dom.js";

/** Shows the pictures that are at hand; one that was deleted, or is on an older page, leaves an empty place. */
export function showPictures(el, ids) {
  const list = $(".msg-pics", el);
  list.hidden = !ids.length;
  keyed(list, ids, (id) => id, create, paint);
}

function create(id) {
  const item = clone("message-picture");
  $("button", item).addEventListener("click", () => wish("lightbox:open", { image_id: id }));
  item.unwatch = app.store.watch(["images"], () => (item.isConnected ? paint(item, id) : item.unwatch()));
  return item;
}

function paint(item, id) {
  const image = app.store.state.images.get(id);
  if (item.shown === image) return;
  item.shown = image;
  const button = $("button", item);
  button.disabled = !image;
  setAttr(button, "aria-label", image ? `Open: ${image.prompt.slice(0, 120)}` : "This picture is not here any more");
  const img = $("img", item);
  img.hidden = !image;
  if (image) img.src = image.thumbs["384"] ?? image.original_url;
}
