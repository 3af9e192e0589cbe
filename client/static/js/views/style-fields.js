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

/** Fills the choices of size and sampler for a model, with what the style holds among them. */
export function fillSelects(form, model, entity) {
  const sizes = sizesOf(model).map(({ ratio, width, height }) => [
    `${ratio}, ${width} × ${height}`,
    `${width}x${height}`,
  ]);
  const mine = entity.width && entity.height ? `${entity.width}x${entity.height}` : "";
  if (mine && !sizes.some(([, value]) => value === mine)) sizes.push([`${entity.width} × ${entity.height}`, mine]);
  form.elements.size.replaceChildren(
    new Option("Model default", ""),
    ...sizes.map(([label, value]) => new Option(label, value)),
  );
  form.elements.size.value = mine;
  const samplers = new Set([...(model?.capabilities.samplers ?? []), ...(entity.sampler ? [entity.sampler] : [])]);
  form.elements.sampler.replaceChildren(
    new Option("Model default", ""),
    ...[...samplers].map((name) => new Option(name, name)),
  );
  form.elements.sampler.value = entity.sampler ?? "";
}
