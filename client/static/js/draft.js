/** The prompt at hand: text, negative, settings; one a person and workspace, in step between their tabs. */

import { fitSize, reads } from "./capabilities.js";

const TUNING = ["steps", "cfg_scale", "seed", "sampler"];

/** A draft with every part present. */
export function whole(draft) {
  return { text: draft?.text ?? "", negative: draft?.negative ?? "", settings: { ...draft?.settings } };
}

/** Whether two drafts say the same; absent and null settings are equal. */
export function sameDraft(a, b) {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

/** The model a draft means, or null where no model draws. */
export function modelOf(draft, models) {
  const drawing = models.filter((model) => model.kind === "image");
  return preferred(drawing, draft.settings.model) ?? null;
}

/** Of models of one kind the chosen one if it is there, else the default if it answers, else the first that does. */
export function preferred(models, chosen) {
  return (
    models.find((model) => model.id === chosen) ??
    models.find((model) => model.default && model.healthy) ??
    models.find((model) => model.healthy) ??
    models[0]
  );
}

/** The styles a draft stacks, in order; ids that are gone are left out. */
export function stylesOf(draft, styles) {
  return (draft.settings.style_ids ?? []).map((id) => styles.get(id)).filter(Boolean);
}

/** The size a draft means for a model: the person's, else the last style's that sets one, else the model's first. */
export function sizeOf(draft, model, styles) {
  const sized = stylesOf(draft, styles).findLast((style) => style.width && style.height);
  const { width, height } = draft.settings.width ? draft.settings : (sized ?? {});
  return fitSize(model, width, height);
}

/** The body of POST /api/generate that a draft means; counts and indices are the caller's. */
export function generateBody(draft, { workspace, models, styles }) {
  const model = modelOf(draft, models);
  const size = sizeOf(draft, model, styles);
  const body = { workspace_id: workspace.id, model: model?.id, prompt: draft.text };
  if (draft.negative.trim() && reads(model, "negative")) body.negative = draft.negative;
  const stacked = stylesOf(draft, styles).map((style) => style.id);
  if (stacked.length) body.style_ids = stacked;
  if (size) Object.assign(body, { width: size.width, height: size.height });
  for (const field of TUNING) {
    const value = draft.settings[field];
    if (value !== undefined && value !== null && reads(model, field === "sampler" ? "samplers" : field))
      body[field] = value;
  }
  if (draft.settings.seed_mode) body.seed_mode = draft.settings.seed_mode;
  return body;
}

function canonical(draft) {
  const { text, negative, settings } = whole(draft);
  const kept = Object.entries(settings).filter(([, value]) => value !== null && value !== undefined);
  return [text, negative, kept.sort(([a], [b]) => (a < b ? -1 : 1))];
}
