// A picture that goes with the words being written: pasted, dropped or chosen.

import { $ } from "../dom.js";

export class Pasted {
  file = null;

  constructor(form) {
    Object.assign(this, { box: $("[data-attached]", form), input: $("[data-file]", form) });
    form.addEventListener("paste", (event) => this.#catch(event, event.clipboardData));
    form.addEventListener("drop", (event) => this.#catch(event, event.dataTransfer));
    form.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
    $("[data-pick]", form).addEventListener("click", () => this.input.click());
    this.input.addEventListener("change", () => this.take(this.input.files[0] ?? null));
    $("[data-detach]", form).addEventListener("click", () => (this.take(null), form.elements.body.focus()));
  }

  /** Holds this file, or none. */
  take(file) {
    const img = $("img", this.box);
    if (this.file) URL.revokeObjectURL(img.src);
    this.file = file;
    this.box.hidden = !file;
    if (file) img.src = URL.createObjectURL(file);
    else this.input.value = "";
  }

  /** The words and the file as a multipart form. */
  form(body) {
    const form = new FormData();
    for (const [name, value] of Object.entries(body)) form.append(name, value);
    form.append("file", this.file);
    return form;
  }

  #catch(event, from) {
    const file = [...from.files].find(({ type }) => type.startsWith("image/"));
    if (!file) return;
    event.preventDefault();
    this.take(file);
  }
}
