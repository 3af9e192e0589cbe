// The Tablet's order; pure.

import { isPlain, NO_FILTER, passes } from "./filter.js";

/** [{generation, images}] newest first; a batch whose images are all filtered out is left out. */
export function batches(state, filter = NO_FILTER) {
  const byGeneration = new Map();
  const all = isPlain(filter);
  for (const image of state.images.values()) {
    if (!all && !passes(image, filter, state)) continue;
    const batch = byGeneration.get(image.generation_id);
    if (batch) batch.push(image);
    else byGeneration.set(image.generation_id, [image]);
  }
  const found = [...byGeneration].map(([id, images]) => ({
    generation: state.generations.get(id) ?? generationSeenIn(images),
    images: images.sort((a, b) => a.index - b.index),
  }));
  return found.sort((a, b) => newestFirst(a.generation, b.generation));
}

/** The images of one generation in their order. */
export function siblings(state, generationId) {
  return [...state.images.values()]
    .filter((image) => image.generation_id === generationId)
    .sort((a, b) => a.index - b.index);
}

export const isUnfinished = (image) => image.status === "queued" || image.status === "running";
/** The ids of all that can be looked at. */
export const readyIn = ({ images }) => [...images.values()].filter(({ status }) => status === "ready").map(({ id }) => id);
export const canEdit = (state) => state.me.role !== null && !isLooking(state);
/** Whether one may only look here: by one's role, or because the owner's plan keeps the workspace for reading. */
export const isLooking = (state) => state.me.role === "viewer" || Boolean(state.workspace?.read_only);
export const modelOf = (state, id) => state.models.find((model) => model.id === id);

const NOT_YET = { fraction: 0 };
/** How far it is; a model that reports its progress stands at nothing until it does. */
export const progressOf = (state, image) =>
  state.progress.get(image.id) ?? (modelOf(state, image.model)?.capabilities.progress ? NOT_YET : undefined);

/** Who else looks at the image, the first by name, or undefined. */
export const lookerAt = (state, imageId) =>
  state.presence.find((person) => person.focus === imageId && person.user_id !== state.me.user_id);

const KNOWN_MS = 5_000;
const known = new WeakMap();

/** Median seconds a ready image of the model took here, or null; reckoned at most every few seconds. */
export function usualSeconds({ images }, model, now = Date.now()) {
  const times = known.get(images) ?? known.set(images, new Map()).get(images);
  if (!(now - times.get(model)?.at < KNOWN_MS)) times.set(model, { at: now, seconds: medianSeconds(images, model) });
  return times.get(model).seconds;
}

function medianSeconds(images, model) {
  const took = [];
  for (const image of images.values()) {
    if (image.model === model && image.status === "ready" && image.started_at && image.finished_at) {
      took.push((Date.parse(image.finished_at) - Date.parse(image.started_at)) / 1000);
    }
  }
  return took.length ? took.sort((a, b) => a - b)[took.length >> 1] : null;
}

/** The image's place in its batch's axes with one value changed, or undefined where none was made. */
export function neighbour(images, image, axis, value) {
  const wanted = { ...image.assignment, [axis]: value };
  return images.find((other) => Object.keys(wanted).every((name) => other.assignment[name] === wanted[name]));
}

function newestFirst(a, b) {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

/** An older page brings images without their generation: its first image tells enough. */
function generationSeenIn([image]) {
  const { generation_id, author_id, model, created_at, prompt, negative, workspace_id, parent_id } = image;
  return {
    id: generation_id,
    workspace_id,
    author_id,
    model,
    created_at,
    negative,
    parent_id,
    template: prompt,
    styles: [],
    settings: {},
    axes: [],
    count: 1,
    proposal_id: null,
  };
}
