/** Styles and themes: a list, an editor that saves by itself, a live preview of the final prompt. */

import { app } from "../app.js";
import { compose } from "../compose.js";
import { coverOfStyle } from "../covers.js";
import { $, $$, clone, keyed, setAttr, setText, wish } from "../dom.js";
import { modelOf } from "../draft.js";
import { styleFacts, themeFacts } from "../facts.js";
import { painted } from "../ink.js";
import { allThemes, keepTheme, loadMyThemes } from "../my-themes.js";
import { isMe } from "../people.js";
import { debounce } from "../timing.js";
import { dress } from "./pop-list.js";
import { fieldOf, fillSelects } from "./style-fields.js";
import { showPreview } from "./style-preview.js";

const SAVE_MS = 500;
const APPLY = {
  styles: ["Put it on my prompt", "Take it off my prompt"],
  themes: ["Use in this workspace", "Take it off this workspace"],
};
const KINDS = {
  styles: {
    one: "style",
    fields: ["name", "positive", "negative", "cfg_scale", "steps", "seed", "size", "sampler"],
    empty: "No styles yet. A style says how a picture is made.",
    create: "createStyle",
    update: "updateStyle",
    delete: "deleteStyle",
  },
  themes: {
    one: "theme",
    fields: ["name", "base_prompt", "description"],
    empty: "No themes yet. A theme is the world of a workspace.",
    create: "createTheme",
    update: "updateTheme",
    delete: "deleteTheme",
  },
};

class StylesDialog extends HTMLElement {
  #show = "styles";
  #id = null;
  #mine = new Map();
  #saveSoon = debounce(() => this.#save(), SAVE_MS);

  connectedCallback() {
    this.dialog = $("dialog", this);
    this.form = $(".desk-main", this);
    document.addEventListener("styles:open", ({ detail }) => this.#open(detail?.show ?? "styles", detail?.id));
    for (const tab of $$("[data-show]", this)) tab.addEventListener("click", () => this.#turn(tab.dataset.show));
    this.addEventListener("click", ({ target }) => this[target.closest("[data-act]")?.dataset.act]?.());
    this.dialog.addEventListener("close", () => this.#save());
    $(".find-in", this).addEventListener("input", () => this.#renderList());
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.#save()));
    this.form.addEventListener("input", ({ target }) => this.#typed(target));
    $("#edit-try").addEventListener("input", () => this.#renderPreview());
    app.store.watch(["styles", "themes", "workspace", "prompt"], () => this.dialog.open && this.#render());
  }

  close() {
    this.dialog.close();
  }

  async new() {
    const kind = KINDS[this.#show];
    const answer = await this.#run(app.commands[kind.create]({ name: `New ${kind.one}` }));
    if (!answer) return;
    const made = answer[kind.one];
    this.#keep(made);
    this.#choose(made.id);
    this.form.elements.name.select();
  }

  async delete() {
    const entity = this.#entity();
    const kind = KINDS[this.#show];
    this.#mine.clear();
    if ((await this.#run(app.commands[kind.delete](entity.id))) === undefined) return;
    if (this.#show === "themes") await this.#run(loadMyThemes());
    this.#choose(null);
    const { id, updated_at, workspace_id, owner_id, ...body } = entity;
    wish("toast", {
      text: `"${entity.name}" deleted.`,
      action: { label: "Undo", run: () => app.commands[kind.create](body) },
    });
  }

  apply() {
    if (this.#show === "themes") {
      const { workspace } = app.store.state;
      this.#run(app.commands.setTheme(workspace.theme_id === this.#id ? null : this.#id));
      return;
    }
    const ids = app.draft.current.settings.style_ids ?? [];
    app.draft.change({
      settings: { style_ids: ids.includes(this.#id) ? ids.filter((id) => id !== this.#id) : [...ids, this.#id] },
    });
  }

  async #open(show, id = null) {
    this.dialog.showModal();
    this.#turn(show);
    this.#choose(id ?? this.#entities()[0]?.id ?? null);
    $("#styles-h").focus();
    await this.#run(loadMyThemes());
  }

  #turn(show) {
    this.#save();
    this.#show = show;
    this.#choose(this.#entities()[0]?.id ?? null);
  }

  #choose(id) {
    this.#save();
    this.#id = id;
    this.#error("");
    this.#render();
    this.#fill();
  }

  #entities() {
    return this.#show === "themes"
      ? allThemes()
      : [...app.store.state.styles.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  #entity() {
    return this.#entities().find((entity) => entity.id === this.#id) ?? null;
  }

  #editable(entity) {
    return app.store.state.me.role !== "viewer" && (this.#show === "styles" || isMe(entity.owner_id));
  }

  #typed(target) {
    if (!target.name) return;
    const [field, value, wrong] = fieldOf(target);
    setAttr(target, "aria-invalid", wrong ? "true" : null);
    this.#renderPreview();
    if (wrong) return;
    Object.assign(this.#pending(), field === "size" ? value : { [field]: value });
    setText(this, "saved", "Saving…");
    this.#saveSoon();
  }

  #pending() {
    return (
      this.#mine.get(this.#id) ?? this.#mine.set(this.#id, { kind: KINDS[this.#show], changes: {} }).get(this.#id)
    ).changes;
  }

  async #save() {
    const waiting = [...this.#mine];
    this.#mine.clear();
    for (const [id, { kind, changes }] of waiting) {
      if (changes.name === "") delete changes.name;
      if (!Object.keys(changes).length) continue;
      const answer = await this.#run(app.commands[kind.update](id, changes));
      if (answer) this.#keep(answer[kind.one]);
    }
    if (!this.#mine.size) setText(this, "saved", "Saved");
    if (this.dialog.open) this.#render();
  }

  /** Shows what the server answered at once; the event that follows says the same. */
  #keep(entity) {
    if ("owner_id" in entity) keepTheme(entity);
    else app.store.change(["styles"], (state) => state.styles.set(entity.id, entity));
  }

  async #run(promise) {
    try {
      const answer = await promise;
      this.#error("");
      return answer;
    } catch (error) {
      this.#error(error.message);
      return undefined;
    }
  }

  #error(words) {
    $("[role=alert]", this).hidden = !words;
    setText(this, "error", words);
  }

  #render() {
    for (const tab of $$("[data-show]", this)) {
      const on = tab.dataset.show === this.#show;
      tab.classList.toggle("active", on);
      tab.setAttribute("aria-selected", on);
    }
    setText(this, "styles", app.store.state.styles.size);
    setText(this, "themes", allThemes().length);
    this.#renderList();
    const entity = this.#entity();
    $(".desk-none", this).hidden = Boolean(entity);
    this.form.hidden = $(".desk-side", this).hidden = !entity;
    for (const part of $$("[data-for]", this)) part.hidden = part.dataset.for !== this.#show;
    $("[data-act=new]", this).hidden = app.store.state.me.role === "viewer";
    if (entity && !this.#mine.has(entity.id) && !this.form.contains(document.activeElement)) this.#fill();
    this.#renderPreview();
    this.#renderApply(entity);
  }

  #renderList() {
    const words = $(".find-in", this).value.toLowerCase();
    const found = this.#entities().filter((entity) => entity.name.toLowerCase().includes(words));
    const empty = $(".desk-empty", this);
    empty.hidden = found.length > 0;
    empty.textContent = words ? "Nothing by that name." : KINDS[this.#show].empty;
    keyed(
      $(".rows", this),
      found,
      (entity) => entity.id,
      (entity) => {
        const el = clone("row-item");
        $("button", el).addEventListener("click", () => this.#choose(entity.id));
        return el;
      },
      (el, entity) => {
        setText(el, "name", entity.name);
        setText(
          el,
          "facts",
          this.#show === "styles"
            ? styleFacts(entity) || placing(entity)
            : themeFacts(entity, app.store.state.workspace),
        );
        setAttr($("button", el), "aria-current", entity.id === this.#id ? "true" : null);
        dress($(".pop-face", el), this.#show === "styles" ? coverOfStyle(entity.id) : "", entity.id);
      },
    );
  }

  #fill() {
    const entity = this.#entity();
    if (!entity) return;
    const model = modelOf(app.draft.current, app.store.state.models);
    fillSelects(this.form, model, entity);
    for (const field of KINDS[this.#show].fields.filter((name) => name !== "size" && name !== "sampler"))
      this.form.elements[field].value = entity[field] ?? "";
    const editable = this.#editable(entity);
    for (const control of this.form.elements) control.disabled = !editable;
    const deaf = app.store.state.models
      .filter((one) => one.kind === "image" && !one.capabilities.negative)
      .map((one) => one.name);
    setText(this, "negative-note", deaf.length ? `${deaf.join(", ")} ignores negative prompts.` : "");
    this.#renderPreview();
  }

  #renderPreview() {
    const entity = this.#entity();
    if (!entity) return;
    const live = { ...entity, ...this.#mine.get(entity.id)?.changes };
    const { themes, workspace } = app.store.state;
    const prompt = $("#edit-try").value;
    const theme = this.#show === "themes" ? live : themes.get(workspace.theme_id);
    const styles = this.#show === "styles" ? [live] : [];
    showPreview($(".desk-side", this), prompt, compose({ theme, prompt, styles }));
    const ink = this.form.elements.positive.previousElementSibling;
    ink.replaceChildren(painted(this.form.elements.positive.value, pills(this.form.elements.positive.value)), "\u200b");
  }

  #renderApply(entity) {
    const button = $("[data-act=apply]", this);
    button.hidden = !entity || app.store.state.me.role === "viewer";
    const worn =
      this.#show === "themes"
        ? app.store.state.workspace.theme_id === this.#id
        : (app.draft.current.settings.style_ids ?? []).includes(this.#id);
    button.textContent = APPLY[this.#show][worn ? 1 : 0];
  }
}

const placing = (style) => (style.positive.includes("{prompt}") ? "around the prompt" : "appended");
const pills = (text) =>
  [...text.matchAll(/\{prompt\}/g)].map(({ index }) => ({ start: index, end: index + 8, tag: "span", name: "mac" }));

customElements.define("styles-dialog", StylesDialog);
