// The facts beside the picture: who, the words chosen, the axes to walk, the recipe, the file.

import { $, setText, wish } from "../dom.js";
import { personOf, wear } from "../people.js";
import { modelOf, neighbour } from "../pictures.js";
import { moment } from "../timing.js";
import { grouped, ignoredWords, size } from "../words.js";

export function showDetails(view, image, images, state) {
  const author = personOf(image.author_id);
  const generation = state.generations.get(image.generation_id);
  wear($(".lb-who .avatar", view), author);
  setText(view, "author", author.name);
  setText(view, "made", moment(image.created_at) + (generation?.proposal_id ? ", from the chat" : ""));
  $(".lb-prompt", view).replaceChildren(...tinted(image.prompt, Object.values(image.assignment)));
  $(".lb-negative", view).hidden = !image.negative;
  setText(view, "negative", image.negative);
  showWalk(view, image, images, generation?.axes ?? []);
  showFacts($(".facts", view), image, generation, state);
  showFile(view, image);
}

/** The prompt's text with the chosen words marked, in the order they come. */
function tinted(prompt, words) {
  const nodes = [];
  let at = 0;
  const found = words
    .filter(Boolean)
    .map((word) => [prompt.indexOf(word), word])
    .filter(([place]) => place >= 0)
    .sort((a, b) => a[0] - b[0]);
  for (const [place, word] of found) {
    if (place < at) continue;
    const mark = document.createElement("mark");
    mark.textContent = word;
    nodes.push(prompt.slice(at, place), mark);
    at = place + word.length;
  }
  return [...nodes, prompt.slice(at)];
}

function showWalk(view, image, images, axes) {
  const walkable = axes.filter((axis) => axis.options?.length > 1 && axis.name in image.assignment);
  $(".lb-axes", view).hidden = !walkable.length;
  $(".walk", view).replaceChildren(...walkable.map((axis) => walkRow(axis, image, images)));
}

function walkRow({ name, options }, image, images) {
  const row = document.createElement("div"),
    term = document.createElement("dt"),
    values = document.createElement("dd");
  term.textContent = name;
  for (const value of new Set(options)) {
    const step = document.createElement("a");
    step.textContent = value || "nothing";
    const to = neighbour(images, image, name, value);
    if (value === image.assignment[name]) step.setAttribute("aria-current", "true");
    else if (!to?.original_url) step.setAttribute("aria-disabled", "true");
    else goTo(step, to);
    values.append(step);
  }
  row.append(term, values);
  return row;
}

function goTo(step, image) {
  step.href = image.original_url;
  step.addEventListener("click", (event) => {
    event.preventDefault();
    wish("lightbox:open", { image_id: image.id });
  });
}

function showFacts(list, image, generation, state) {
  const styles = generation?.styles.map((style) => style.name).join(", ");
  const theme = state.themes.get(state.workspace.theme_id)?.name;
  const tune = [image.steps, image.cfg_scale].filter((value) => value != null).join(", ");
  const facts = [
    ["Model", modelOf(state, image.model)?.name ?? image.model],
    ["Styles", styles],
    ["Theme", theme],
    ["Seed", image.seed == null ? "" : grouped(image.seed)],
    ["Size", image.width ? `${image.width} × ${image.height}` : ""],
    [image.cfg_scale == null ? "Steps" : image.steps == null ? "CFG" : "Steps, CFG", tune],
    ["Took", took(image)],
    ["Cost", !image.cost ? "" : `$${image.cost.toFixed(3)}`],
    ["Left out", image.ignored.length ? `the model ${ignoredWords(image.ignored)}` : ""],
  ];
  list.replaceChildren(...facts.filter(([, value]) => value).map(([name, value]) => fact(name, value)));
}

function took({ started_at, finished_at }) {
  return started_at && finished_at ? `${((Date.parse(finished_at) - Date.parse(started_at)) / 1000).toFixed(1)} s` : "";
}

function fact(name, value) {
  const row = document.createElement("div"),
    term = document.createElement("dt"),
    text = document.createElement("dd");
  term.textContent = name;
  text.textContent = value;
  row.append(term, text);
  return row;
}

function showFile(view, image) {
  $(".lb-files", view).hidden = !image.original_url;
  const file = `/media/${image.id}/download`;
  $("[data-file=original]", view).href = file;
  $("[data-file=png]", view).href = `${file}?format=png&metadata=1`;
  $("[data-file=webp]", view).href = `${file}?format=webp&metadata=1`;
  setText(view, "format", "Original");
  setText(view, "bytes", size(image.bytes));
  const recipe = $("[data-file=recipe]", view);
  recipe.download = `emulsion-${image.id.slice(-8)}.json`;
  if (recipe.image === image) return;
  recipe.image = image;
  URL.revokeObjectURL(recipe.href);
  recipe.href = URL.createObjectURL(new Blob([JSON.stringify(recipeOf(image), null, 2)], { type: "application/json" }));
}

/** What makes this picture again, as the body of a generate call, and where it came from. */
function recipeOf(image) {
  const { prompt, negative, model, seed, width, height, steps, cfg_scale, sampler } = image;
  const { id, generation_id, assignment, created_at } = image;
  const made = { prompt, negative, model, seed, width, height, steps, cfg_scale, sampler };
  return { recipe: made, image: { id, generation_id, assignment, created_at } };
}
