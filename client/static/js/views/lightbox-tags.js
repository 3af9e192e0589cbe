// The tags of the picture one looks at: words anyone may add and take away.

import { app } from "../app.js";
import { $, icon, keyed, wish } from "../dom.js";
import { canEdit } from "../pictures.js";

const MOST = 20;

export class Tags {
  #image = null;

  constructor(section) {
    this.list = $(".tags", section);
    this.form = $(".tag-form", section);
    this.field = $("input", this.form);
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.#add()));
    this.list.addEventListener("click", ({ target }) => this.#drop(target.closest("button")));
    this.section = section;
  }

  show(image, state) {
    if (this.#image?.id !== image.id) this.field.value = "";
    this.#image = image;
    const editable = canEdit(state);
    this.section.hidden = !editable && !image.tags.length;
    this.form.hidden = !editable || image.tags.length >= MOST;
    keyed(this.list, image.tags, (tag) => tag, (tag) => createTag(tag, editable));
  }

  #add() {
    const tag = this.field.value.trim();
    this.field.value = "";
    if (tag && !this.#image.tags.includes(tag)) this.#save([...this.#image.tags, tag]);
  }

  #drop(button) {
    if (!button) return;
    this.field.focus();
    this.#save(this.#image.tags.filter((tag) => tag !== button.dataset.tag));
  }

  async #save(tags) {
    try {
      await app.commands.tagImage(this.#image.id, tags);
    } catch (error) {
      wish("toast", { text: error.message, tone: "danger" });
    }
  }
}

function createTag(tag, editable) {
  const item = document.createElement("li");
  item.className = "chip tag";
  item.append(tag);
  if (!editable) return item;
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.tag = tag;
  button.setAttribute("aria-label", `Remove the tag ${tag}`);
  button.append(icon("x-lg", "i-12"));
  item.append(button);
  return item;
}
