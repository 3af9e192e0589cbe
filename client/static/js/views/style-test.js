/** "Test: 2 images": two small pictures of the sample prompt, made in the workspace and shown in the editor. */

import { app } from "../app.js";
import { smallSize } from "../capabilities.js";
import { $, clone, keyed, setAttr, setText, wish } from "../dom.js";
import { modelOf } from "../draft.js";
import { siblings } from "../pictures.js";
import { failure, waiting } from "../words.js";
import { bedOf } from "./thumb.js";

export class StyleTest {
  #made = new Map();

  constructor(list) {
    this.list = list;
  }

  /** Asks for the pictures; `style` is null where a theme of the workspace is tested. Rejects with what was refused. */
  async make(id, style, prompt) {
    const model = modelOf(app.draft.current, app.store.state.models);
    const size = smallSize(model, style?.width, style?.height);
    const { generation } = await app.commands.generate({
      model: model?.id,
      prompt,
      batch_size: 2,
      ...(style && { style_ids: [style.id] }),
      ...(size && { width: size.width, height: size.height }),
    });
    this.#made.set(id, generation.id);
    this.show(id);
  }

  /** Shows the last test of a style or theme, as far as it has come. */
  show(id) {
    const images = this.#made.has(id) ? siblings(app.store.state, this.#made.get(id)) : [];
    this.list.hidden = !images.length;
    keyed(this.list, images, (image) => `${image.generation_id} ${image.index}`, create, paint);
  }
}

function create() {
  const item = clone("test-picture");
  $("button", item).addEventListener("click", () => wish("lightbox:open", { image_id: item.image.id }));
  return item;
}

function paint(item, image) {
  if (item.image === image) return;
  item.image = image;
  const ready = image.status === "ready";
  const button = $("button", item);
  button.disabled = !ready;
  button.dataset.seed = bedOf(image.prompt + image.index);
  setAttr(button, "aria-label", ready ? `Open: ${image.prompt.slice(0, 120)}` : null);
  setText(item, "state", ready ? "" : stateOf(image));
  const img = $("img", item);
  img.hidden = !ready;
  if (!ready) return;
  const { width, height } = image;
  Object.assign(img, { src: image.thumbs["384"] ?? image.original_url, width, height });
}

function stateOf(image) {
  if (image.status === "failed") return failure(image.error).head;
  return { running: "Rendering", cancelled: "Cancelled" }[image.status] ?? waiting(image);
}
