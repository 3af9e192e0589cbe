/** One quiet line about a model, a style, a theme. */

import { ignoredLine } from "./capabilities.js";

/** "built in, needs no key, about 2 s, ignores the negative prompt" */
export function modelFacts(model, time = "") {
  const price = typeof model.price === "number" ? model.price > 0 && `$${model.price} an image` : model.price;
  return line([
    model.built_in && "built in, needs no key",
    !model.healthy && "does not answer right now",
    time,
    price,
    ignoredLine(model),
  ]);
}

/** "CFG 3.5, 28 steps, 1216 × 832", or "" for a style of words only. */
export function styleFacts({ cfg_scale, steps, seed, width, height }) {
  return line([
    cfg_scale !== null && `CFG ${cfg_scale}`,
    steps !== null && `${steps} steps`,
    seed !== null && `seed ${seed}`,
    width && height && `${width} × ${height}`,
  ]);
}

/** Whether the workspace stands in this theme, else how it is described. */
export function themeFacts(theme, workspace) {
  return workspace.theme_id === theme.id ? "in this workspace" : theme.description;
}

const line = (parts) => parts.filter(Boolean).join(", ");
