/** The chips under the prompt: model, styles, theme, size, count and fine tuning, each with its popover. */

import { app } from "../app.js";
import { ignoredLine, ignoresWords, reads, sizesOf } from "../capabilities.js";
import { coverOfModel, coverOfStyle, usualTime } from "../covers.js";
import { $, $$, setText, wish } from "../dom.js";
import { modelOf, sizeOf, stylesOf } from "../draft.js";
import { modelFacts, styleFacts } from "../facts.js";
import { allThemes, loadMyThemes } from "../my-themes.js";
import { open, pick } from "./pop-list.js";

const NO_THEME = { id: "", name: "No theme", base_prompt: "", description: "The prompt stands alone" };
const NUMBERS = { seed: [0, 2 ** 32 - 1], steps: [1, 500], cfg_scale: [0, 100] };

class PromptChips extends HTMLElement {
  connectedCallback() {
    this.repaint = [this.#models(), this.#styles(), this.#themes(), this.#sizes()];
    open($("#pop-each"), () => $(`#pop-each [value="${app.draft.current.settings.each ?? 1}"]`).focus());
    $("#pop-each").addEventListener("change", ({ target }) => set({ each: Number(target.value) }));
    this.#tuning();
    for (const button of $$("[data-manage]")) {
      button.addEventListener(
        "click",
        () => (button.closest("[popover]").hidePopover(), wish("styles:open", { show: button.dataset.manage })),
      );
    }
    app.store.watch(["prompt", "models", "styles", "themes", "workspace"], () => this.#render());
    this.#render();
  }

  #models() {
    return pick($("#pop-model"), {
      kind: "model",
      items: () => app.store.state.models.filter((model) => model.kind === "image"),
      isChosen: (model) => model.id === now().model?.id,
      choose: (model) => set({ model: model.id }),
      row: (model) => ({
        name: model.name,
        about: model.description,
        facts: modelFacts(model, usualTime(model.id)),
        face: coverOfModel(model.id),
      }),
    });
  }

  #styles() {
    return pick($("#pop-style"), {
      kind: "style",
      stays: true,
      items: () => [...app.store.state.styles.values()],
      isChosen: (style) => now().styles.includes(style),
      choose: (style) =>
        set({
          style_ids: toggled(
            now().styles.map(({ id }) => id),
            style.id,
          ),
        }),
      row: (style) => ({
        name: style.name,
        about: style.positive || style.negative,
        facts: styleFacts(style),
        face: coverOfStyle(style.id),
      }),
    });
  }

  #themes() {
    $("#pop-theme").addEventListener("toggle", ({ newState }) => newState === "open" && loadMyThemes().catch(() => {}));
    return pick($("#pop-theme"), {
      kind: "theme",
      items: () => [NO_THEME, ...allThemes()],
      isChosen: (theme) => theme.id === (app.store.state.workspace?.theme_id ?? ""),
      choose: (theme) => setTheme(theme),
      row: (theme) => ({ name: theme.name, about: theme.base_prompt || theme.description, facts: "" }),
    });
  }

  #sizes() {
    return pick($("#pop-size"), {
      items: () => sizesAround(now()).map((size) => ({ ...size, id: `${size.width}x${size.height}` })),
      isChosen: ({ id }) => id === `${now().size?.width}x${now().size?.height}`,
      choose: ({ width, height }) => set({ width, height }),
      row: ({ ratio, width, height }) => ({ name: ratio, about: `${width} × ${height}`, facts: "" }),
    });
  }

  #tuning() {
    const form = $("#pop-more .tune");
    open($("#pop-more"), () => this.#fillTuning(form));
    form.addEventListener("submit", (event) => (event.preventDefault(), $("#pop-more").hidePopover()));
    form.addEventListener("input", ({ target }) => {
      if (target.name in NUMBERS) this.#takeNumber(target);
      if (target.name === "seed_mode") set({ seed_mode: target.value });
      if (target.name === "sampler") set({ sampler: target.value || null });
      if (target.name === "negative")
        app.draft.change({
          settings: { negative: target.checked || null },
          ...(target.checked ? {} : { negative: "" }),
        });
    });
  }

  #takeNumber(input) {
    const value = input.value.trim() === "" ? null : Number(input.value.replace(",", "."));
    const range = now().model?.capabilities[input.name];
    const [min, max] = range?.max ? [range.min, range.max] : NUMBERS[input.name];
    const wrong =
      value !== null && !(value >= min && value <= max && (input.name === "cfg_scale" || Number.isInteger(value)));
    input.setAttribute("aria-invalid", wrong);
    input.setCustomValidity(wrong ? `${min} to ${max}` : "");
    if (!wrong) set({ [input.name]: value });
  }

  #fillTuning(form) {
    const { model } = now();
    const { settings, negative } = app.draft.current;
    for (const name of Object.keys(NUMBERS)) {
      const input = form.elements[name];
      input.value = settings[name] ?? "";
      input.disabled = !reads(model, name);
      input.title = ignoresWords(model, name);
      const range = model?.capabilities[name];
      if (name !== "seed") input.placeholder = range ? `${range.default}` : "ignored";
      if (name === "seed") input.placeholder = input.disabled ? "ignored" : "new each time";
    }
    form.elements.seed_mode.value = settings.seed_mode ?? "same";
    form.elements.negative.checked = Boolean(settings.negative || negative);
    fillSamplers(form.elements.sampler, model, settings.sampler);
    const line = ignoredLine(model);
    setText(form, "ignored", line ? `${model.name} ${line}.` : "");
  }

  #render() {
    const { model, styles, size } = now();
    const { workspace, themes } = app.store.state;
    setText(this, "model", model ? model.name : "No model");
    setText(this, "style", styles[0]?.name ?? "No style");
    setText(this, "more-styles", styles.length > 1 ? `+${styles.length - 1}` : "");
    setText(this, "theme", themes.get(workspace?.theme_id)?.name ?? "No theme");
    setText(this, "size", size?.ratio ?? "Size");
    const each = app.draft.current.settings.each ?? 1;
    setText(this, "each", `${each} each`);
    $(`#pop-each [value="${each}"]`).checked = true;
    this.#paintStyle(styles[0]);
    for (const repaint of this.repaint) repaint();
  }

  #paintStyle(style) {
    const face = $(".chip-face", this);
    const cover = style && coverOfStyle(style.id);
    face.hidden = !cover;
    $(".chip-palette", this).toggleAttribute("hidden", Boolean(cover));
    if (cover && face.getAttribute("src") !== cover) face.src = cover;
  }
}

const set = (settings) => app.draft.change({ settings });
const toggled = (ids, id) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);

function now() {
  const { models, styles } = app.store.state;
  const draft = app.draft.current;
  const model = modelOf(draft, models);
  return { model, styles: stylesOf(draft, styles), size: sizeOf(draft, model, styles) };
}

/** The model's sizes, and the present one before them when it is none of these. */
function sizesAround({ model, size }) {
  const sizes = sizesOf(model);
  const known = sizes.some(({ width, height }) => width === size?.width && height === size?.height);
  return known || !size ? sizes : [size, ...sizes];
}

async function setTheme(theme) {
  try {
    await app.commands.setTheme(theme.id || null);
  } catch (error) {
    wish("toast", { text: error.message, tone: "danger" });
  }
}

function fillSamplers(select, model, chosen) {
  const samplers = model?.capabilities.samplers ?? [];
  select.replaceChildren(new Option("Model default", ""), ...samplers.map((name) => new Option(name, name)));
  select.value = samplers.includes(chosen) ? chosen : "";
  select.disabled = !samplers.length;
  select.title = samplers.length ? "" : ignoresWords(model, "samplers");
}

customElements.define("prompt-chips", PromptChips);
