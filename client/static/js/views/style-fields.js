/** What the controls of the style editor say, and what they offer. */

import { sizesOf } from "../capabilities.js";

const BOUNDS = { cfg_scale: [0, 100], steps: [1, 500], seed: [0, 2 ** 32 - 1] };

/** `[field, value, wrong]` of a control; empty numbers are null. */
export function fieldOf({ name, value }) {
  if (name === "size") {
    const [width, height] = value ? value.split("x").map(Number) : [null, null];
    return [name, { width, height }, false];
  }
  if (name === "sampler") return [name, value || null, false];
  const bounds = BOUNDS[name];
  if (!bounds) return [name, name === "name" ? value.trim() : value, false];
  if (!value.trim()) return [name, null, false];
  const number = Number(value.replace(",", "."));
  return [
    name,
    number,
    !(number >= bounds[0] && number <= bounds[1] && (name === "cfg_scale" || Number.isInteger(number))),
  ];
}

/** Shows an entity in the form, but for the field one is in. */
export function fillForm(form, entity, { fields, model, editable }) {
  const { size, sampler } = form.elements;
  for (const field of fields) fillField(form.elements[field], entity[field] ?? "");
  if (size !== document.activeElement) fillSizes(size, model, entity);
  if (sampler !== document.activeElement) fillSamplers(sampler, model, entity);
  for (const control of form.elements) control.disabled = !editable;
}

function fillField(control, value) {
  if (control === document.activeElement) return;
  control.value = value;
  control.removeAttribute("aria-invalid");
}

/** "Flux dev ignores negative prompts.", or "" when every image model reads them. */
export function deafWords(models) {
  const deaf = models.filter((model) => model.kind === "image" && !model.capabilities.negative);
  const verb = deaf.length > 1 ? "ignore" : "ignores";
  return deaf.length ? `${deaf.map(({ name }) => name).join(", ")} ${verb} negative prompts.` : "";
}

/** The sizes of a model, and the style's own among them. */
function fillSizes(select, model, { width, height }) {
  const sizes = sizesOf(model).map((size) => [
    `${size.ratio}, ${size.width} × ${size.height}`,
    `${size.width}x${size.height}`,
  ]);
  const mine = width && height ? `${width}x${height}` : "";
  if (mine && !sizes.some(([, value]) => value === mine)) sizes.push([`${width} × ${height}`, mine]);
  fillSelect(select, sizes, mine);
}

function fillSamplers(select, model, { sampler }) {
  const names = new Set([...(model?.capabilities.samplers ?? []), ...(sampler ? [sampler] : [])]);
  const choices = [...names].map((name) => [name, name]);
  fillSelect(select, choices, sampler ?? "");
}

function fillSelect(select, choices, chosen) {
  select.replaceChildren(new Option("Model default", ""), ...choices.map(([label, value]) => new Option(label, value)));
  select.value = chosen;
}
