// Recently deleted: who deleted what, how long it stays, and the way back.

import { app } from "../app.js";
import { $, clone, keyed, setAttr, setText } from "../dom.js";
import { isMe, personOf } from "../people.js";
import { canEdit } from "../pictures.js";
import { ago } from "../timing.js";
import { plural } from "../words.js";
import { restore } from "./picture-acts.js";
import { bedOf } from "./thumb.js";

const LIMIT = 60,
  KEPT_DAYS = 30,
  DAY_MS = 86_400_000;

class TrashDialog extends HTMLElement {
  #items = new Map();
  #next = null;

  connectedCallback() {
    this.dialog = $("dialog", this);
    document.addEventListener("trash:open", () => this.#open());
    this.addEventListener("click", ({ target }) => this.#click(target.closest("[data-do]")));
    app.store.follow(({ type, data }) => this.#heard(type, data));
  }

  #open() {
    this.#items.clear();
    this.#next = null;
    this.#render();
    this.dialog.showModal();
    $("h2", this).focus();
    this.#read();
  }

  async #read() {
    const asked = new URLSearchParams({ trash: "true", limit: LIMIT });
    if (this.#next) asked.set("before", this.#next);
    try {
      const { items, next } = await app.api.get(`/api/workspaces/${app.store.state.workspace.id}/images?${asked}`);
      for (const image of items) this.#items.set(image.id, image);
      this.#next = next;
      this.#render(items.length || this.#items.size ? "" : "Nothing was deleted in the last 30 days.");
    } catch (error) {
      this.#render(error.message);
    }
  }

  #heard(type, { id, image }) {
    if (!this.dialog.open) return;
    if (type === "image.restored" && this.#items.delete(image.id)) this.#render();
    if (type === "image.deleted" && !this.#items.has(id)) this.#begin();
  }

  /** Somebody deleted one more: the list starts with it. */
  #begin() {
    this.#next = null;
    this.#read();
  }

  #click(button) {
    const item = button?.closest(".trash-item");
    const what = button?.dataset.do;
    if (what === "close") this.dialog.close();
    else if (what === "more") this.#read();
    else if (item) this.#restore(item);
  }

  async #restore(item) {
    const beside = item.nextElementSibling ?? item.previousElementSibling;
    if (!(await restore([item.image.id]))) return;
    this.#items.delete(item.image.id);
    this.#render(`${plural(1, "image")} restored.`);
    ($("button", beside ?? item) ?? $("h2", this)).focus();
    if (!this.#items.size) $("h2", this).focus();
  }

  #render(words = "") {
    const items = [...this.#items.values()].sort((a, b) => (a.deleted_at < b.deleted_at ? 1 : -1));
    keyed($(".trash-list", this), items, (image) => image.id, () => clone("trash-item"), showItem);
    setText(this, "words", words);
    $("[data-do=more]", this).hidden = !this.#next;
  }
}

function showItem(item, image) {
  if (item.image !== image) {
    item.image = image;
    const face = $("img", item);
    setAttr(face, "data-seed", bedOf(image.prompt));
    if (image.thumbs["384"]) face.src = image.thumbs["384"];
    setText(item, "prompt", image.prompt);
    setAttr($("button", item), "aria-label", `Restore: ${image.prompt.slice(0, 120)}`);
  }
  const who = isMe(image.deleted_by) ? "You" : personOf(image.deleted_by).name;
  const when = ago(image.deleted_at);
  const left = Math.max(1, Math.ceil(KEPT_DAYS - (Date.now() - Date.parse(image.deleted_at)) / DAY_MS));
  setText(item, "who", `${who} deleted this ${when === "now" ? "just now" : `${when} ago`}. ${plural(left, "day")} left.`);
  $("button", item).hidden = !canEdit(app.store.state);
}

customElements.define("trash-dialog", TrashDialog);
