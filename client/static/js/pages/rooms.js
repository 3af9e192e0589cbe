// The cards of the workspaces page: what stands on them, and how they are ordered.

import { clone, keyed, setText, $ } from "../dom.js";
import { ago } from "../timing.js";

const SEEDS = 6;
const ORDERS = {
  used: (a, b) => b.updated_at.localeCompare(a.updated_at),
  name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: "base" }),
};

/** The workspaces that match the words searched for, in the order asked for. */
export function arranged(items, { order, query }) {
  const words = query.trim().toLowerCase();
  return items.filter(({ name }) => name.toLowerCase().includes(words)).sort(ORDERS[order]);
}

export function showRooms(list, items) {
  keyed(list, items, ({ id }) => id, () => clone("room"), showRoom);
  list.append($(".room-new", list));
}

export function showRoom(card, workspace) {
  fill(card, workspace, { pictures: $(".collage", card), count: 3 });
}

/** The wide strip of the workspace that was used last. */
export function showResume(card, workspace) {
  card.hidden = !workspace;
  if (!workspace) return;
  card.dataset.key = workspace.id;
  fill(card, workspace, { pictures: $(".resume-strip", card), count: 4 });
}

function fill(card, workspace, { pictures, count }) {
  setText(card, "name", workspace.name);
  $(".room-meta, .resume-meta", card).replaceChildren(...dotted(meta(workspace)));
  const link = $(".room-open, .resume-open", card);
  link.href = `/w/${workspace.id}`;
  link.setAttribute("aria-label", workspace.name);
  $("[data-more]", card).setAttribute("aria-label", `More for ${workspace.name}`);
  $(".people-mini", card).replaceChildren(...workspace.people.map(face));
  showPictures(pictures, workspace, count);
}

function meta({ images, members, is_sample, updated_at }) {
  const pictures = images === 1 ? "1 image" : `${images} images`;
  return [pictures, members > 1 && `${members} people`, is_sample ? "sample" : since(updated_at)].filter(Boolean);
}

/** The words with a dot between each two. */
function dotted(words) {
  return words.flatMap((word, k) => (k ? [Object.assign(document.createElement("span"), { className: "sep" }), word] : [word]));
}

function since(iso) {
  const words = ago(iso);
  if (words === "now") return "just now";
  if (/^\d+ (min|h|d)$/.test(words)) return `${words} ago`;
  const at = new Date(iso), year = at.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year });
}

function face({ name, color }) {
  const avatar = Object.assign(document.createElement("span"), { className: "avatar", textContent: name[0].toUpperCase(), title: name });
  avatar.dataset.who = color;
  avatar.ariaHidden = "true";
  return avatar;
}

/** Pictures that are already there stay in place, so that a refresh does not blink. */
function showPictures(place, { id, cover }, count) {
  const urls = Array.from({ length: count }, (_, k) => cover[k] ?? "");
  if (place.dataset.urls === urls.join()) return;
  place.dataset.urls = urls.join();
  place.replaceChildren(...urls.map((url, k) => (url ? picture(url) : undeveloped(id, k))));
}

function picture(url) {
  return Object.assign(new Image(384, 256), { src: url, alt: "", decoding: "async", loading: "lazy" });
}

function undeveloped(id, k) {
  const tile = document.createElement("span");
  tile.dataset.seed = ((parseInt(id.slice(-4), 16) + k * 2) % SEEDS) + 1;
  return tile;
}
