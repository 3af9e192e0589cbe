/** Asks before a batch is made: which words, which combinations, how many of each, at what price. */

import { app } from "../app.js";
import { BatchChoice } from "../batch-choice.js";
import { usage } from "../batch-pick.js";
import { $, $$, clone, keyed, setAttr, setText, wish } from "../dom.js";
import { submit } from "../making.js";
import { afterWords, durationWords, grouped, images, left, OPTIMAL, overWords } from "../price.js";
import { fixedWords } from "../reading.js";
import { diffWords } from "../word-diff.js";

const LISTED = 200;

class BatchDialog extends HTMLElement {
  connectedCallback() {
    this.dialog = $("dialog", this);
    this.cap = Number(this.dataset.cap);
    document.addEventListener("batch:ask", ({ detail }) => this.#ask(detail));
    this.dialog.addEventListener("click", ({ target }) => target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("change", ({ target }) => this.#changed(target));
    for (const button of $$("[data-act]", this)) button.addEventListener("click", () => this.#act(button.dataset.act));
    app.store.watch(["session"], () => this.dialog.open && this.#render());
  }

  async #ask({ each = 1, ...body }) {
    const asked = { prompt: body.prompt, negative: body.negative ?? "" };
    const turn = (this.turn = {});
    try {
      const answer = await app.commands.expandPrompt(asked);
      if (answer.error)
        throw Object.assign(new Error(answer.error.message), answer.error, { field: answer.error.field ?? "prompt" });
      const all =
        answer.offer.items.length < answer.count
          ? (await app.commands.expandPrompt({ ...asked, limit: Math.min(LISTED, answer.count) })).offer.items
          : answer.offer.items;
      if (turn === this.turn) this.#open(body, each, answer, all);
    } catch (error) {
      wish("generate:failed", error);
    }
  }

  #open(body, each, answer, all) {
    const seedMode = body.seed_mode ?? (answer.offer.reason === "seeds" ? "each" : "same");
    this.body = body;
    this.choice = new BatchChoice({ answer, all, each, seedMode, cap: this.cap });
    this.fixed = fixedWords(body.prompt);
    const chosen = { "ask-which": this.choice.which, "ask-seed": seedMode, "ask-each": each };
    for (const [name, value] of Object.entries(chosen)) {
      for (const input of $$(`[name=${name}]`, this)) input.checked = input.value === String(value);
    }
    $(".ask-words", this).replaceChildren(...answer.axes.map(axisPick));
    if (!this.dialog.open) this.dialog.showModal();
    this.#render();
    $("#ask-h").focus();
  }

  #changed(input) {
    const { choice } = this;
    if (input.axis) choice.tickWord(input.axis, input.word, input.checked);
    else if (input.name === "ask-which") choice.draw(input.value);
    else if (input.name === "ask-seed") choice.seedMode = input.value;
    else if (input.name === "ask-each") choice.each = Number(input.value);
    else choice.tickRow(input.place, input.checked);
    this.#render();
  }

  #render() {
    const { choice } = this;
    const { quota } = app.store.state.session;
    $("#ask-h").textContent = `Generate batch of ${images(choice.n)}?`;
    $("#ask-p").textContent = choice.words();
    setText(this, "balanced", `Balanced ${Math.min(OPTIMAL, choice.rows.length || OPTIMAL)}`);
    setText(this, "random", `Random ${Math.min(OPTIMAL, choice.pool.length || OPTIMAL)}`);
    $("[name=ask-seed][value=same]", this).disabled = choice.repeats;
    $(`[name=ask-seed][value=${choice.seeds}]`, this).checked = true;
    this.#renderTimes();
    this.#renderRows();
    this.#renderFoot(quota);
    this.#renderAll(quota);
  }

  #renderTimes() {
    const counts = usage(this.choice.taken);
    for (const input of $$(".tick input", this)) {
      const times = counts.get(input.axis)?.get(input.word) ?? 0;
      setText(input.parentElement, "times", input.checked ? `×${times}` : "");
    }
  }

  #renderRows() {
    const { rows, skipped } = this.choice;
    $(".ask-none", this).hidden = rows.length > 0;
    keyed(
      $(".finals", this),
      rows.map((item, place) => ({ ...item, place })),
      ({ place }) => place,
      () => clone("final"),
      (el, item) => {
        const input = $("input", el);
        input.place = item.place;
        input.checked = !skipped.has(item.place);
        input.setAttribute("aria-label", `Include prompt ${item.place + 1}`);
        if (el.text !== item.prompt) $(".final-text", el).replaceChildren(...brightened(this.fixed, item.prompt));
        el.text = item.prompt;
      },
    );
  }

  #renderFoot(quota) {
    const { n, each, cap } = this.choice;
    setText(this, "images", images(n));
    setText(this, "after", afterWords(n, quota));
    setText(this, "time", durationWords(n, this.body.model, app.store.state.images.values()));
    const over = overWords(n, quota, { each, cap });
    const rest = left(quota);
    $(".ask-over", this).hidden = !over;
    $(".ask-plan", this).hidden = rest === null || n <= rest;
    setText(this, "over", over);
    const yes = $("[data-act=yes]", this);
    yes.textContent = n ? `Yes, generate ${n}` : "Tick a prompt";
    setAttr(yes, "aria-disabled", over || !n ? "true" : null);
    this.classList.toggle("is-over", Boolean(over));
  }

  #renderAll(quota) {
    const all = $("[data-act=all]", this);
    const { n, offered, reason } = this.choice.everything(quota);
    all.hidden = !offered;
    all.textContent = `All ${grouped(n).replace("about ", "")}`;
    all.title = reason;
    setAttr(all, "aria-disabled", reason ? "true" : null);
    setAttr(all, "aria-description", reason || null);
  }

  #act(act) {
    const button = $(`[data-act=${act}]:not([aria-label])`, this);
    if (act !== "no" && button.getAttribute("aria-disabled")) return;
    this.dialog.close();
    if (act === "no") return;
    const indices = this.choice.indices(act === "all" ? this.choice.pool : this.choice.taken);
    submit({ ...this.body, indices, seed_mode: this.choice.seeds }, indices.length);
  }
}

/** One axis as a row of words to tick. */
function axisPick({ name, options }) {
  const field = clone("axis-pick");
  setText(field, "name", /^\d+$/.test(name) ? `Axis ${name}` : name);
  for (const word of options) {
    const tick = clone("tick");
    setText(tick, "word", word || "nothing");
    Object.assign($("input", tick), { axis: name, word });
    $(".ticks", field).append(tick);
  }
  return field;
}

/** A final prompt: words that every combination shares stay grey, the others are bright. */
function brightened(fixed, prompt) {
  return diffWords(fixed, prompt)
    .filter((run) => run.kind !== "removed")
    .flatMap(({ kind, text }) =>
      kind === "same" ? [text] : text.split(/([\s,.;]+)/).map((part, place) => (place % 2 ? part : bright(part))),
    );
}

function bright(text) {
  const el = document.createElement("b");
  el.textContent = text;
  return el;
}

customElements.define("batch-dialog", BatchDialog);
