/** Recipes of pictures from elsewhere: what of them can be used here. Pure. */

import { reads } from "./capabilities.js";
import { modelOf } from "./draft.js";

const PROGRAMS = {
  emulsion: "Emulsion",
  a1111: "AUTOMATIC1111",
  comfyui: "ComfyUI",
  invokeai: "InvokeAI",
  swarmui: "SwarmUI",
};
const MOST_BYTES = 25 * 1024 * 1024;
const PICTURES = ["image/png", "image/jpeg", "image/webp"];

export const isPicture = (file) => PICTURES.includes(file.type);
export const isExport = (file) => /\.(tar\.gz|tgz|gz)$/i.test(file.name);
export const holdsStyles = (file) => /\.(csv|json)$/i.test(file.name);

/** Why a file is not even sent, or "". */
export function refusalOf(file) {
  return file.size > MOST_BYTES ? `${file.name} is larger than 25 MB.` : "";
}

/** "Made with AUTOMATIC1111, fox.png" */
export const originWords = (name, source) => `Made with ${PROGRAMS[source]}, ${name}`;

/** The draft's settings that a recipe means here: a model and styles that are here, numbers inside the model's range. */
export function settingsOf(recipe, draft, { models, styles }) {
  const known = models.find((model) => model.kind === "image" && model.id === recipe.model);
  const model = known ?? modelOf(draft, models);
  const settings = { model: known?.id, style_ids: (recipe.style_ids ?? []).filter((id) => styles.has(id)) };
  for (const field of ["steps", "cfg_scale"]) {
    if (fits(recipe[field], model?.capabilities[field])) settings[field] = recipe[field];
  }
  if (recipe.seed !== undefined && reads(model, "seed")) settings.seed = recipe.seed;
  if (model?.capabilities.samplers.includes(recipe.sampler)) settings.sampler = recipe.sampler;
  if (recipe.width && recipe.height) Object.assign(settings, { width: recipe.width, height: recipe.height });
  return settings;
}

const fits = (value, range) => value !== undefined && range && value >= range.min && value <= range.max;
