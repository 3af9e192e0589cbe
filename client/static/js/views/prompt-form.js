/** The prompt box: macros tinted and counted as one types, faults in their place, history, undo, Generate. */

import { app } from "../app.js";
import { ignoresWords } from "../capabilities.js";
import { $, setAttr, setText, wish } from "../dom.js";
import { modelOf } from "../draft.js";
import { painted, spansOf } from "../ink.js";
import { bodyOfDraft, imagesOf, make } from "../making.js";
import { isLooking } from "../pictures.js";
import { grouped, images, left, leftWords, resetWords } from "../price.js";
import { use } from "./picture-acts.js";
import { receive } from "./picture-drag.js";
import { PromptPast } from "./prompt-past.js";
import { adopt, write } from "./prompt-text.js";
import { seeAllInclusive } from "./see-all-inclusive.js";
import { read } from "../reading.js";
import { BraceCloser } from "./brace-closer.js";

const BY_NAME = { prompt: "text", negative: "negative" };

class PromptForm extends HTMLElement {
  #closers = new Map();
  #refusal = null;

  connectedCallback() {
    this.form = $("form", this);
    this.prompt = $("#prompt", this);
    this.negative = $("#negative", this);
    this.go = $(".go", this);
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.#generate()));
    new PromptPast(this.prompt);
    for (const box of [this.prompt, this.negative]) {
      this.#closers.set(box, new BraceCloser(box, () => this.#renderInk()));
      box.addEventListener("input", () => this.#typed(box));
      box.addEventListener("scroll", () => (box.previousElementSibling.scrollTop = box.scrollTop), { passive: true });
    }
    receive(this.prompt.parentElement, use);
    $(".hint-fix", this).addEventListener("click", () => this.#closers.get(this.prompt).close());
    $(".make-count", this).addEventListener("click", () => this.#ask());
    document.addEventListener("keydown", (event) => this.#shortcut(event));
    document.addEventListener("prompt:use", ({ detail }) => this.#use(detail));
    document.addEventListener("prompt:append", ({ detail }) => this.#append(detail.text));
    document.addEventListener("prompt:generate", () => this.#generate());
    document.addEventListener("generate:failed", ({ detail }) => this.#refuse(detail));
    document.addEventListener("generate:sent", () => this.#refuse(null));
    app.store.watch(["prompt", "models", "session", "connection", "styles"], () => this.#render());
    this.#render();
  }

  #typed(box) {
    this.#refusal = null;
    app.draft.change({ [BY_NAME[box.id]]: box.value });
    this.#render();
  }

  #shortcut(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || $("dialog[open]"))
      return;
    event.preventDefault();
    if (event.shiftKey) this.#ask();
    else this.#generate();
  }

  /** Takes a prompt over; what stood there comes back by Ctrl+Z or by the toast. */
  #use({ text, negative, settings }) {
    const before = app.draft.current;
    !isLooking(app.store.state) && wish("panel:open");
    write(this.prompt, text);
    app.draft.change({ text, ...(negative == null ? {} : { negative }), settings: settings ?? {} });
    this.#render();
    if (!before.text.trim() || before.text === text) return;
    wish("toast", { text: "Prompt replaced.", action: { label: "Undo", run: () => this.#restore(before) } });
  }

  #restore(before) {
    const gone = Object.fromEntries(Object.keys(app.draft.current.settings).map((key) => [key, null]));
    write(this.prompt, before.text);
    app.draft.change({ text: before.text, negative: before.negative, settings: { ...gone, ...before.settings } });
    this.#render();
  }

  #append(text) {
    const now = this.prompt.value.replace(/[\s,]*$/, "");
    wish("panel:open");
    write(this.prompt, now ? `${now}, ${text}` : text);
  }

  #generate() {
    const { state } = app.store;
    if (isLooking(state)) return;
    if (!this.prompt.value.trim()) return this.#refuse({ field: "prompt", message: "Describe the picture you want." });
    if (this.#reading().error) return this.prompt.focus();
    if (state.connection === "offline" || left(state.session.quota) === 0) return;
    make(bodyOfDraft(), this.#each());
  }

  #ask() {
    if (this.#reading().count > 1n) make(bodyOfDraft(), this.#each());
    else this.prompt.focus();
  }

  #refuse(error) {
    this.#refusal = error;
    this.#render();
    if (error?.field === "prompt") this.prompt.focus();
  }

  #each() {
    return app.draft.current.settings.each ?? 1;
  }

  #reading() {
    return read(this.prompt.value, this.negative.value);
  }

  #render() {
    const draft = app.draft.current;
    adopt(this.prompt, draft.text);
    adopt(this.negative, draft.negative);
    this.#renderInk();
    this.#renderNegative(draft);
    this.#renderCount();
    this.#renderGo();
  }

  #renderInk() {
    const { tokens, negativeTokens } = this.#reading();
    for (const [box, runs] of [
      [this.prompt, tokens],
      [this.negative, negativeTokens],
    ]) {
      const ghost = this.#closers.get(box).ghost();
      box.previousElementSibling.replaceChildren(painted(box.value, spansOf(runs)), ghost, "\u200b");
    }
    const refusal = this.#refusal?.line || this.#refusal?.field === "prompt" ? this.#refusal : null;
    const { error } = this.#reading();
    const hint = (error ?? refusal)?.message ?? "";
    $(".hint-fix", this).hidden = error?.field !== "prompt" || !hint.endsWith("add a closing }");
    $("#prompt-hint", this).hidden = !hint;
    setText(this, "hint", hint);
    setAttr(this.prompt, "aria-invalid", hint ? "true" : null);
  }

  #renderNegative({ negative, settings }) {
    const model = modelOf(app.draft.current, app.store.state.models);
    $(".negative", this).hidden = !(settings.negative || negative);
    $("#negative-hint", this).textContent = ignoresWords(model, "negative");
  }

  #renderCount() {
    const { count, error } = this.#reading();
    const { quota } = app.store.state.session;
    const many = count > 6n;
    setText(this, "count", error ? "Not yet" : many ? `${grouped(count)} combinations` : images(this.#number()));
    setText(this, "left", leftWords(quota) && ` · ${leftWords(quota)}`);
  }

  #renderGo() {
    const { connection, session } = app.store.state;
    const spent = left(session.quota) === 0;
    const offline = connection === "offline";
    setText(
      this.go,
      "go",
      spent
        ? `Free limit reached, ${session.quota.used} of ${session.quota.limit} today`
        : `Generate ${this.#number()}`,
    );
    this.go.classList.toggle("btn-primary", !spent && !offline);
    this.go.classList.toggle("btn-raised", spent || offline);
    $("kbd", this.go).hidden = spent;
    setAttr(this.go, "aria-disabled", spent || offline ? "true" : null);
    const apart = this.#refusal && !this.#refusal.line && this.#refusal.field !== "prompt" ? this.#refusal.message : "";
    const words = offline
      ? "You're offline. Generate when the connection is back."
      : spent
        ? resetWords(session.quota)
        : apart;
    $(".go-note", this).hidden = !words;
    $(".go-note", this).replaceChildren(words, ...(spent && !offline ? [" ", seeAllInclusive()] : []));
  }

  #number() {
    return imagesOf({ prompt: this.prompt.value, negative: this.negative.value }, this.#each());
  }
}

customElements.define("prompt-form", PromptForm);
