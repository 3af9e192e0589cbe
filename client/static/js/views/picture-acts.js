// What one can do with a picture, wherever it is shown: words, undo and errors included.

import { app } from "../app.js";
import { wish } from "../dom.js";
import { plural } from "../words.js";

const undone = [];

/** Deletes images and offers to bring them back. */
export async function remove(images) {
  const gone = images.map((image) => image.id);
  const done = await attempt(() => Promise.all(gone.map((id) => app.commands.deleteImage(id))));
  if (!done) return;
  const undo = () => restore(gone);
  undone.push(undo);
  const them = gone.length > 1 ? "them" : "it";
  const words = `${plural(gone.length, "image")} deleted. The group can restore ${them} for 30 days.`;
  wish("toast", { text: words, action: { label: "Undo", run: undo } });
}

export function restore(ids) {
  return attempt(() => Promise.all(ids.map((id) => app.commands.restoreImage(id))));
}

/** Takes back the last delete of this tab that is not taken back yet. */
export function undoLast() {
  return undone.pop()?.();
}

export const retry = (image) => attempt(() => app.commands.retryImage(image.id));
export const cancel = (image) => attempt(() => app.commands.cancelImage(image.id));
export const vary = (image) => attempt(() => app.commands.varyImage(image.id));
export const star = (image, on = !isStarred(image)) => attempt(() => app.commands.starImage(image.id, on));
export const retryBatch = (generation) => attempt(() => app.commands.retryGeneration(generation.id));
export const cancelBatch = (generation) => attempt(() => app.commands.cancelGeneration(generation.id));

export const isStarred = (image) => image.starred_by.includes(app.store.state.me.user_id);

/** Puts the picture beside the message one is writing. */
export const ask = (image) => wish("chat:ask", { image });

/** Fills the prompt with what the person had typed for this picture. */
export function use(image) {
  const generation = app.store.state.generations.get(image.generation_id);
  usePrompt(generation ?? { template: image.prompt, negative: image.negative, model: image.model, settings: {} });
}

export function usePrompt({ template, negative, model, settings }) {
  wish("prompt:use", { text: template, negative, settings: { ...settings, model } });
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    wish("toast", { text: "Prompt copied" });
  } catch {
    wish("toast", { text: "The browser did not allow copying. Select the text and copy it by hand.", tone: "danger" });
  }
}

/** Saves the original file under its own name. */
export function save(image) {
  const link = document.createElement("a");
  link.href = downloadUrl(image);
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}

export const downloadUrl = (image) => `/media/${image.id}/download`;

/** Runs a command; what the server refuses is said in a toast. True when it went through. */
async function attempt(command) {
  try {
    await command();
    return true;
  } catch (error) {
    wish("toast", { text: error.message, tone: "danger" });
    return false;
  }
}
