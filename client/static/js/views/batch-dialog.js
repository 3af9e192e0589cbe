/** Asks before a batch is made: which words, which combinations, how many of each, at what price. */

import { app } from "../app.js";
import { allowed, balanced, random, usage } from "../batch-pick.js";
import { $, $$, clone, keyed, setAttr, setText, wish } from "../dom.js";
import { submit } from "../making.js";
import { afterWords, durationWords, grouped, images, left, OPTIMAL, overWords } from "../price.js";
import { fixedWords } from "../reading.js";
import { diffWords } from "../word-diff.js";

const LISTED = 200;
const SAMPLED = 1000;
const CAP = 64;

class BatchDialog extends HTMLElement {
  connectedCallback() {
    this.dialog = $("dialog", this);
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
    Object.assign(this, {
      body,
      answer,
      all,
      each,
      count: BigInt(answer.count_text),
      which: "balanced",
      off: new Map(),
      skipped: new Set(),
      seedMode: body.seed_mode ?? (answer.offer.reason === "seeds" ? "each" : "same"),
      rows: answer.offer.items,
    });
    this.fixed = fixedWords(body.prompt);
    for (const [name, value] of [
      ["ask-which", this.which],
      ["ask-seed", this.seedMode],
      ["ask-each", each],
    ]) {
      for (const input of $$(`[name=${name}]`, this)) input.checked = input.value === String(value);
    }
    $(".ask-words", this).replaceChildren(...answer.axes.map((axis) => this.#axis(axis)));
    if (!this.dialog.open) this.dialog.showModal();
    this.#render();
    $("#ask-h").focus();
  }

  #axis({ name, options }) {
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

  #changed(input) {
    if (input.axis) this.#narrow(input);
    else if (input.name === "ask-which") this.which = input.value;
    else if (input.name === "ask-seed") this.seedMode = input.value;
    else if (input.name === "ask-each") this.each = Number(input.value);
    else this.skipped[input.checked ? "delete" : "add"](input.place);
    if (input.axis || input.name === "ask-which") this.#draw();
    this.#render();
  }

  #narrow({ axis, word, checked }) {
    const words = this.off.get(axis) ?? this.off.set(axis, new Set()).get(axis);
    words[checked ? "delete" : "add"](word);
    if (!words.size) this.off.delete(axis);
  }

  #draw() {
    this.skipped.clear();
    const pool = this.#pool();
    if (this.which === "random") this.rows = random(pool, OPTIMAL);
    else this.rows = this.off.size ? balanced(pool, OPTIMAL) : this.answer.offer.items;
  }

  /** Whether every combination is at hand, not a sample of them. */
  get #whole() {
    return BigInt(this.all.length) >= this.count;
  }

  #pool() {
    return this.off.size ? this.all.filter((item) => allowed(item, this.off)) : this.all;
  }

  #taken() {
    return this.rows.filter((_, place) => !this.skipped.has(place));
  }

  #render() {
    const n = this.#taken().length * this.each;
    const { quota } = app.store.state.session;
    const repeats = this.each > 1 || new Set(this.#taken().map(({ index }) => index)).size < this.#taken().length;
    const same = $("[name=ask-seed][value=same]", this);
    same.disabled = repeats;
    if (repeats) $("[name=ask-seed][value=each]", this).checked = true;
    else same.checked = this.seedMode === "same";
    this.seeds = repeats ? "each" : this.seedMode;
    $("#ask-h").textContent = `Generate batch of ${images(n)}?`;
    $("#ask-p").textContent = this.#offerWords();
    setText(this, "balanced", `Balanced ${Math.min(OPTIMAL, this.rows.length || OPTIMAL)}`);
    setText(this, "random", `Random ${Math.min(OPTIMAL, this.#pool().length || OPTIMAL)}`);
    this.#renderTimes();
    this.#renderRows();
    this.#renderFoot(n, quota);
  }

  #offerWords() {
    const made = this.rows.length;
    if (!made) return "";
    const how = this.which === "random" ? "Six by chance" : "Pick a sample: six, balanced";
    if (this.count > BigInt(SAMPLED)) return `${grouped(this.count)} combinations. ${how}.`;
    if (this.off.size && !this.#whole) return `${made} of the ${grouped(this.count)} combinations, with these words.`;
    if (this.off.size) return `${made} of ${grouped(this.#pool().length)} combinations with these words.`;
    if (this.which === "random") return `${made} of ${grouped(this.count)} combinations, by chance.`;
    return (
      {
        seeds: `${grouped(this.count)} combinations, each with further seeds.`,
        all: `All ${grouped(this.count)} combinations.`,
        balanced: `${made} of ${grouped(this.count)} combinations, balanced: every word gets its fair turn.`,
      }[this.answer.offer.reason] ?? ""
    );
  }

  #renderTimes() {
    const counts = usage(this.#taken());
    for (const input of $$(".tick input", this)) {
      const times = counts.get(input.axis)?.get(input.word) ?? 0;
      setText(input.parentElement, "times", input.checked ? `×${times}` : "");
    }
  }

  #renderRows() {
    $(".ask-none", this).hidden = this.rows.length > 0;
    keyed(
      $(".finals", this),
      this.rows.map((item, place) => ({ ...item, place })),
      ({ place }) => place,
      () => clone("final"),
      (el, item) => {
        const input = $("input", el);
        input.place = item.place;
        input.checked = !this.skipped.has(item.place);
        input.setAttribute("aria-label", `Include prompt ${item.place + 1}`);
        if (el.text !== item.prompt) $(".final-text", el).replaceChildren(...brightened(this.fixed, item.prompt));
        el.text = item.prompt;
      },
    );
  }

  #renderFoot(n, quota) {
    setText(this, "images", images(n));
    setText(this, "after", afterWords(n, quota));
    setText(this, "time", durationWords(n, this.body.model, app.store.state.images.values()));
    const over = n > CAP ? `A batch has at most ${CAP} images.` : overWords(n, quota);
    $(".ask-over", this).hidden = !over;
    setText(this, "over", over);
    const yes = $("[data-act=yes]", this);
    yes.textContent = n ? `Yes, generate ${n}` : "Tick a prompt";
    setAttr(yes, "aria-disabled", over || !n ? "true" : null);
    this.classList.toggle("is-over", Boolean(over));
    this.#renderAll(quota);
  }

  #renderAll(quota) {
    const all = $("[data-act=all]", this);
    const total = this.off.size ? BigInt(this.#pool().length) : this.count;
    const n = total * BigInt(this.each);
    const rest = left(quota);
    const reason =
      this.count > BigInt(SAMPLED)
        ? "Only a sample can be made of so many."
        : n > BigInt(CAP)
          ? `A batch has at most ${CAP} images.`
          : rest !== null && n > BigInt(rest)
            ? `You have ${rest} left today.`
            : "";
    all.hidden = total <= BigInt(this.rows.length) || (this.off.size > 0 && !this.#whole);
    all.textContent = `All ${grouped(n)}`;
    all.title = reason;
    setAttr(all, "aria-disabled", reason ? "true" : null);
    setAttr(all, "aria-description", reason || null);
  }

  #act(act) {
    const button = $(`[data-act=${act}]:not([aria-label])`, this);
    if (act !== "no" && button.getAttribute("aria-disabled")) return;
    this.dialog.close();
    if (act === "no") return;
    const rows = act === "all" ? this.#pool() : this.#taken();
    const indices = rows.flatMap(({ index }) => Array(this.each).fill(index));
    submit({ ...this.body, indices, seed_mode: this.seeds }, indices.length);
  }
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
