// What one can do with a picture, wherever it is shown: words, undo and errors included.

import { app } from "../app.js";
import { wish } from "../dom.js";
import { downloadUrl } from "../picture-file.js";
import { wait } from "../timing.js";
import { plural } from "../words.js";

const MOST_FILES = 10,
  BETWEEN_FILES_MS = 300;
const undone = [];

/** Deletes images and offers to bring them back. */
export function remove(images) {
  const gone = images.map((image) => image.id);
  const them = gone.length > 1 ? "them" : "it";
  const text = `${plural(gone.length, "image")} deleted. The group can restore ${them} for 30 days.`;
  const act = () => Promise.all(gone.map((id) => app.commands.deleteImage(id)));
  return undoable(act, () => restore(gone), { text });
}

/** Does what can be taken back, and offers that in a toast; who takes it back before the answer is here is heard too. */
export async function undoable(act, back, toast) {
  const doing = attempt(act);
  const undo = async () => (await doing) && back();
  undone.push(undo);
  const done = await doing;
  const place = undone.indexOf(undo);
  if (place < 0) return done;
  if (done) wish("toast", { ...toast, mark: undo, action: { label: "Undo", run: () => takeBack(undo) } });
  else undone.splice(place, 1);
  return done;
}

export function restore(ids) {
  return attempt(() => Promise.all(ids.map((id) => app.commands.restoreImage(id))));
}

/** Takes back the last delete or move of this tab that is not taken back yet. */
export function undoLast() {
  const undo = undone.at(-1);
  if (!undo) return;
  wish("toast:leave", undo);
  return takeBack(undo);
}

function takeBack(undo) {
  undone.splice(undone.indexOf(undo), 1);
  return undo();
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

/** Opens the form that tells the helpdesk of the picture. */
export const report = (image) => wish("report:open", { image });

/** Fills the prompt with what the person had typed for this picture; the settings stay. */
export function use(image) {
  const { template, negative } = recipeOf(image);
  wish("prompt:use", { text: template, negative });
}

/** The prompt and all settings; with the seed of this very picture only in `useAll`. */
export const remix = (image) => usePrompt(recipeOf(image));
export const useAll = (image) => usePrompt(recipeOf(image), image.seed);

export function usePrompt({ template, negative, model, settings, styles = [] }, seed = null) {
  const { seed: _, ...rest } = settings;
  const style_ids = styles.map((style) => style.id);
  wish("prompt:use", { text: template, negative, settings: { ...rest, model, style_ids, seed } });
}

const recipeOf = (image) =>
  app.store.state.generations.get(image.generation_id) ?? {
    template: image.prompt,
    negative: image.negative,
    model: image.model,
    settings: { width: image.width, height: image.height },
  };

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    wish("toast", { text: "Prompt copied" });
  } catch {
    wish("toast", { text: "The browser did not allow copying. Select the text and copy it by hand.", tone: "danger" });
  }
}

const VERBS = {
  star,
  retry,
  cancel,
  vary,
  use,
  remix,
  all: useAll,
  copy: (image) => copy(image.prompt),
  "copy-image": copyImage,
  save,
  delete: (image) => remove([image]),
  ask,
  report,
  move: (image) => wish("move:open", { images: [image] }),
};

/** Does what a button's `data-do` or a key names. */
export const run = (what, image) => VERBS[what]?.(image);

/** Puts the picture itself on the clipboard, as the PNG that clipboards take. */
export async function copyImage(image) {
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": pngOf(image) })]);
    wish("toast", { text: "Image copied" });
  } catch {
    wish("toast", { text: "The browser did not allow copying. Save the image instead.", tone: "danger" });
  }
}

async function pngOf(image) {
  const picture = new Image();
  picture.src = image.original_url;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** Saves the picture, with its recipe in the file, under a name of its own. */
export function save(image) {
  const link = document.createElement("a");
  link.href = downloadUrl(image);
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}

/** Saves several files one after another; a browser takes only so many of them from one click. */
export async function saveAll(images) {
  for (const image of images.slice(0, MOST_FILES)) {
    save(image);
    await wait(BETWEEN_FILES_MS);
  }
  if (images.length <= MOST_FILES) return;
  const text = `The first ${MOST_FILES} of ${images.length} are on their way. For more, export the workspace.`;
  wish("toast", { text });
}

/** Runs a command; what the server refuses is said in a toast. True when it went through. */
export async function attempt(command) {
  try {
    await command();
    return true;
  } catch (error) {
    wish("toast", { text: error.message, tone: "danger" });
    return false;
  }
}
