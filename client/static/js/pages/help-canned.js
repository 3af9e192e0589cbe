// Canned replies: chosen beside the composer, kept in a small dialog.

import { $, clone, keyed } from "../dom.js";
import { api, clear, send } from "./form.js";

/** Fills the choice beside `composer` and makes the dialog work. */
export function cannedReplies(composer) {
  const dialog = $("[data-canned-dialog]"), form = $("[data-canned-form]"), choice = $("[data-canned]");
  let items = [];
  let edited = null;

  async function refresh() {
    ({ items } = await api.get("/api/canned-replies?limit=200"));
    items.sort((a, b) => a.title.localeCompare(b.title));
    choice.replaceChildren(new Option(items.length ? "Canned replies" : "No canned replies yet", ""), ...items.map(({ id, title }) => new Option(title, id)));
    choice.disabled = !items.length;
    keyed($(".canned-list", dialog), items, ({ id }) => id, row, fill);
  }

  function row({ id }) {
    const el = clone("canned");
    $("[data-edit]", el).addEventListener("click", () => edit(items.find((item) => item.id === id)));
    $("[data-delete]", el).addEventListener("click", async () => {
      await api.delete(`/api/canned-replies/${id}`);
      if (edited === id) edit(null);
      await refresh();
      form.elements.title.focus();
    });
    return el;
  }

  function fill(el, { title }) {
    $("[data-edit]", el).textContent = title;
    $("[data-delete]", el).ariaLabel = `Delete ${title}`;
  }

  function edit(item) {
    edited = item?.id ?? null;
    form.elements.title.value = item?.title ?? "";
    form.elements.body.value = item?.body ?? "";
    clear(form);
    $("[data-fresh]", form).hidden = !edited;
    $("[data-save]", form).textContent = edited ? "Save canned reply" : "Add canned reply";
    form.elements.title.focus();
  }

  function save({ title, body }) {
    return edited ? api.patch(`/api/canned-replies/${edited}`, { title, body }) : api.post("/api/canned-replies", { id: crypto.randomUUID(), title, body });
  }

  send(form, save, () => (edit(null), refresh()));
  $("[data-fresh]", form).addEventListener("click", () => edit(null));
  $("[data-close]", dialog).addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  $("[data-manage]").addEventListener("click", () => (dialog.showModal(), edit(null)));
  choice.addEventListener("change", () => {
    const item = items.find(({ id }) => id === choice.value);
    choice.value = "";
    if (!item) return;
    composer.value = composer.value.trim() ? `${composer.value.trimEnd()}\n\n${item.body}` : item.body;
    composer.dispatchEvent(new Event("input"));
    composer.focus();
  });
  refresh();
}
