/** Styles and themes: a list, an editor that saves by itself, a live preview of the final prompt, a test. */

import { app } from "../app.js";
import { Autosave } from "../autosave.js";
import { compose } from "../compose.js";
import { $, $$, setAttr, setText, wish } from "../dom.js";
import { modelOf } from "../draft.js";
import { painted } from "../ink.js";
import { allThemes, keepTheme, loadMyThemes } from "../my-themes.js";
import { isMe, personOf } from "../people.js";
import { isLooking } from "../pictures.js";
import { ago } from "../timing.js";
import { deafWords, fieldOf, fillForm } from "./style-fields.js";
import { StyleImport } from "./style-import.js";
import { KINDS } from "./style-kinds.js";
import { showList } from "./style-list.js";
import { showPreview } from "./style-preview.js";
import { StyleTest } from "./style-test.js";

const TOPICS = ["styles", "themes", "workspace", "prompt"];

class StylesDialog extends HTMLElement {
  #show = "styles";
  #id = null;
  #edited = null;
  #mine = new Autosave({ save: (id, kind, changes) => this.#send(id, kind, changes), done: () => this.#saved() });

  connectedCallback() {
    this.dialog = $("dialog", this);
    this.form = $(".desk-main", this);
    this.tester = new StyleTest($(".duo", this));
    this.importer = new StyleImport(this.dialog, (styles) => this.#came(styles));
    document.addEventListener("styles:open", ({ detail }) => this.#open(detail ?? {}));
    for (const tab of $$("[data-show]", this)) tab.addEventListener("click", () => this.#turn(tab.dataset.show));
    this.addEventListener("click", ({ target }) => this[target.closest("[data-act]")?.dataset.act]?.());
    this.dialog.addEventListener("close", () => this.#mine.flush());
    $(".find-in", this).addEventListener("input", () => this.#renderList());
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.#mine.flush()));
    this.form.addEventListener("input", ({ target }) => this.#typed(target));
    $("#edit-try").addEventListener("input", () => this.#renderPreview());
    app.store.watch(TOPICS, () => this.dialog.open && this.#render());
    app.store.watch(["images"], () => this.dialog.open && this.tester.show(this.#id));
    app.store.follow((event) => this.#heard(event));
  }

  close() {
    this.dialog.close();
  }

  async new() {
    const answer = await this.#run(app.commands[this.kind.create]({ name: `New ${this.kind.one}` }));
    if (!answer) return;
    const made = answer[this.kind.one];
    this.#keep(made);
    this.#choose(made.id);
    this.form.elements.name.select();
  }

  async delete() {
    const { kind, entity, neighbour } = this;
    this.#mine.forget();
    if ((await this.#run(app.commands[kind.delete](entity.id))) === undefined) return;
    if (this.#show === "themes") await this.#run(loadMyThemes());
    this.#choose(neighbour?.id ?? null);
    ($(".row-item[aria-current]", this) ?? $("[data-act=new]", this)).focus();
    const { id, updated_at, workspace_id, owner_id, ...body } = entity;
    wish("toast", {
      text: `"${entity.name}" deleted.`,
      action: { label: "Undo", run: () => app.commands[kind.create](body) },
    });
  }

  import() {
    this.importer.choose();
  }

  apply() {
    const worn = this.kind.isWorn(this.#id);
    if (this.#show === "themes") return this.#run(app.commands.setTheme(worn ? null : this.#id));
    const others = (app.draft.current.settings.style_ids ?? []).filter((id) => id !== this.#id);
    app.draft.change({ settings: { style_ids: worn ? others : [...others, this.#id] } });
  }

  async test() {
    await this.#mine.flush();
    const style = this.#show === "styles" ? this.entity : null;
    await this.#run(this.tester.make(this.#id, style, $("#edit-try").value.trim()));
  }

  get kind() {
    return KINDS[this.#show];
  }

  get entity() {
    return this.kind.all().find((entity) => entity.id === this.#id) ?? null;
  }

  /** The one below in the list, or above the last. */
  get neighbour() {
    const all = this.kind.all();
    const at = all.indexOf(this.entity);
    return all[at + 1] ?? all[at - 1];
  }

  get editable() {
    return !isLooking(app.store.state) && (this.#show === "styles" || isMe(this.entity.owner_id));
  }

  async #open({ show = "styles", id = null, file = null }) {
    this.dialog.showModal();
    this.#turn(show);
    if (id) this.#choose(id);
    $("#styles-h").focus();
    if (file) this.importer.take(file);
    await this.#run(loadMyThemes());
  }

  #turn(show) {
    this.#mine.flush();
    this.#show = show;
    this.#choose(this.kind.all()[0]?.id ?? null);
  }

  /** Styles of a file: the first that is new is shown. */
  #came(styles) {
    for (const style of styles) this.#keep(style);
    if (this.#show !== "styles") this.#turn("styles");
    this.#choose(styles[0].id);
  }

  #choose(id) {
    this.#mine.flush();
    this.#id = id;
    this.#edited = null;
    this.#error("");
    this.#render();
    if (this.entity) this.#fill();
  }

  #typed(target) {
    if (!target.name) return;
    const [field, value, wrong] = fieldOf(target);
    setAttr(target, "aria-invalid", wrong ? "true" : null);
    if (!wrong && !(field === "name" && !value))
      this.#mine.put(this.#id, this.kind, field === "size" ? value : { [field]: value });
    this.#renderPreview();
    this.#renderSaved();
  }

  async #send(id, kind, changes) {
    const answer = await this.#run(app.commands[kind.update](id, changes));
    if (answer) this.#keep(answer[kind.one]);
  }

  #saved() {
    this.#renderSaved();
    if (this.dialog.open) this.#render();
  }

  /** Shows what the server answered at once; the event that follows says the same. */
  #keep(entity) {
    if ("owner_id" in entity) keepTheme(entity);
    else app.store.change(["styles"], (state) => state.styles.set(entity.id, entity));
  }

  /** Somebody else saved what is open here. */
  #heard({ data, actor_id, at }) {
    if ((data.style ?? data.theme)?.id !== this.#id || !actor_id || isMe(actor_id)) return;
    this.#edited = { name: personOf(actor_id).name, at };
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
    const { entity } = this;
    $(".desk-none", this).hidden = Boolean(entity);
    this.form.hidden = $(".desk-side", this).hidden = !entity;
    for (const part of $$("[data-for]", this)) part.hidden = part.dataset.for !== this.#show;
    const looking = isLooking(app.store.state);
    $("[data-act=new]", this).hidden = looking;
    $("[data-act=import]", this).hidden = looking || this.#show !== "styles";
    if (!entity) return;
    this.#fill();
    this.#renderSaved();
    this.#renderActs();
  }

  #renderList() {
    showList($(".desk-list", this), this.kind, this.#id, (id) => this.#choose(id));
  }

  /** What I am typing stays; everything else follows what was saved. */
  #fill() {
    const { entity, kind, editable } = this;
    const model = modelOf(app.draft.current, app.store.state.models);
    fillForm(this.form, { ...entity, ...this.#mine.of(entity.id) }, { fields: kind.fields, model, editable });
    setText(this, "negative-note", deafWords(app.store.state.models));
    this.#renderPreview();
  }

  #renderSaved() {
    const { name, at } = this.#edited ?? {};
    const when = at && (ago(at) === "now" ? "just now" : `${ago(at)} ago`);
    setText(this, "saved", this.#mine.busy ? "Saving…" : name ? `Edited by ${name} ${when}` : "Saved");
  }

  #renderPreview() {
    const live = { ...this.entity, ...this.#mine.of(this.#id) };
    const { themes, workspace } = app.store.state;
    const prompt = $("#edit-try").value;
    const theme = this.#show === "themes" ? live : themes.get(workspace.theme_id);
    const styles = this.#show === "styles" ? [live] : [];
    showPreview($(".desk-side", this), prompt, compose({ theme, prompt, styles }));
    const { positive } = this.form.elements;
    positive.previousElementSibling.replaceChildren(painted(positive.value, pills(positive.value)), "\u200b");
  }

  #renderActs() {
    const looking = isLooking(app.store.state);
    const worn = this.kind.isWorn(this.#id);
    const [apply, test] = [$("[data-act=apply]", this), $("[data-act=test]", this)];
    apply.hidden = looking;
    apply.textContent = this.kind.apply[worn ? 1 : 0];
    test.hidden = looking || (this.#show === "themes" && !worn);
    this.tester.show(this.#id);
  }
}

const pills = (text) =>
  [...text.matchAll(/\{prompt\}/g)].map(({ index }) => ({ start: index, end: index + 8, tag: "span", name: "mac" }));

customElements.define("styles-dialog", StylesDialog);
