// What the Tablet says: states of tiles and batches in words.

import { ordinal, secondsSince } from "./timing.js";

const HEADS = {
  auth: "The image server refused us",
  quota: "The image server's own limit is reached",
  rate_limited: "The image server is too busy",
  moderated: "The model declined this prompt",
  invalid_parameter: "The model refused these settings",
  model_not_found: "The model is gone",
  busy: "The image server is too busy",
  timeout: "Provider timed out",
  transport: "The image server cannot be reached",
  bad_image: "No picture came back",
  bad_reply: "No picture came back",
  unknown_outcome: "The image server fell silent",
};

export const plural = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

export const FREE = "Nothing was charged.";

/** {head, body, edit}: what failed and why, and whether editing the prompt is the way out; it is free in any case. */
export function failure(error) {
  const head = HEADS[error?.kind] ?? "This image failed";
  const edit = error?.kind === "moderated" || error?.kind === "invalid_parameter";
  const cause = (error?.message ?? "").trim();
  const says = cause && cause.toLowerCase() !== head.toLowerCase() ? `${cause.replace(/[.\s]*$/, "")}.` : "";
  return { head, edit, body: edit ? `${says} Edit it and try again.`.trim() : says };
}

/** "Queued, 3rd", or less where the place is not known. */
export function waiting(image, place) {
  if (image.pending) return "Sending";
  return place ? `Queued, ${ordinal(place.position)}` : "Queued";
}

/** "Rendering, 9 s"; beyond twice the usual time it says so. */
export function rendering(image, progress, usual, now = Date.now()) {
  const seconds = image.started_at ? secondsSince(image.started_at, now) : 0;
  const phase =
    usual && seconds > 2 * Math.max(usual, 2)
      ? "Taking longer than usual"
      : progress || !usual
        ? "Rendering"
        : "Starting";
  return `${phase}, ${seconds} s`;
}

/** Whole per cent: what the provider says, else eased towards 95 by the usual time. */
export function percent(image, progress, usual, now = Date.now()) {
  if (progress) return Math.min(99, Math.round(progress.fraction * 100));
  const seconds = image.started_at ? Math.max(0, (now - Date.parse(image.started_at)) / 1000) : 0;
  return Math.round(95 * (1 - Math.exp((-2 * seconds) / (usual || 10))));
}

/** {strong, rest} for a batch that is under way, or null: "3 of 6" "ready". */
export function batchState(images) {
  const done = images.filter((image) => image.status === "ready").length;
  const open = images.some((image) => image.status === "queued" || image.status === "running");
  return open ? { strong: `${done} of ${images.length}`, rest: "ready" } : null;
}

/** What a screen reader hears of my batch: "3 of 6 ready, 1 failed", "Batch finished". */
export function batchNews(images) {
  const count = (status) => images.filter((image) => image.status === status).length;
  const failed = count("failed");
  const words = failed ? `, ${failed} failed` : "";
  if (images.every((image) => image.status === "queued")) return `Batch of ${images.length} started`;
  if (batchState(images)) return `${count("ready")} of ${images.length} ready${words}`;
  return `Batch finished${words}`;
}

const FIELDS = {
  negative: "the negative",
  cfg_scale: "CFG",
  steps: "steps",
  seed: "the seed",
  sampler: "the sampler",
  parent_id: "the reference",
};

/** "ignored the negative and CFG", or "" when nothing was. */
export function ignoredWords(fields) {
  const names = fields.map((field) => FIELDS[field] ?? field.replaceAll("_", " "));
  if (!names.length) return "";
  const last = names.pop();
  return `ignored ${names.length ? `${names.join(", ")} and ` : ""}${last}`;
}

/** "1.9 MB". */
export function size(bytes) {
  if (bytes == null) return "";
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A seed in groups of three digits. */
export const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, " ");
