// Batches in few words: the title of a tab in the background, the screen reader's line, and a sound where one is wished.

import { app } from "../app.js";
import { $ } from "../dom.js";
import { isMe, personOf } from "../people.js";
import { isUnfinished } from "../pictures.js";
import { setting } from "../settings.js";
import { throttle } from "../timing.js";
import { batchNews } from "../words.js";

const HUSH_MS = 1500;
let done = false,
  before = 0;
let watched = new Map();

const say = throttle((words) => ($('[data-part="news"]').textContent = words), HUSH_MS);

app.store.watch(["images", "workspace"], (state) => {
  const sent = [...state.images.values()].filter((image) => !image.pending);
  const mine = sent.filter((image) => isMe(image.author_id));
  const open = mine.filter(isUnfinished).length;
  if (before > 0 && open === 0 && setting("sound") === "yes") sound();
  showTitle(open, state.workspace.name);
  announce(setting("announce") === "all" ? sent : mine);
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  done = false;
  showTitle(before, app.store.state.workspace?.name ?? document.title);
});

function showTitle(open, name) {
  if (document.hidden && before > 0 && open === 0) done = true;
  before = open;
  const sign = open ? `(${open}) ` : done ? "(done) " : "";
  document.title = (document.hidden ? sign : "") + name;
  mark(!document.hidden ? "" : open ? "working" : done ? "done" : "");
}

/** What only a tab in the background says is fetched when there is something to say. */
const notices = () => import("./notices.js");
const tell = (generation, images) => notices().then(({ tellOfBatch }) => tellOfBatch(generation, images), () => {});
let marked = "";
function mark(state) {
  if (state === marked) return;
  marked = state;
  notices().then(({ markIcon }) => markIcon(marked), () => {});
}

/** The notes that end one's work come with the first time they are wanted. */
const sound = () => import("../chime.js").then(({ chime }) => chime(), () => {});

/** Speaks of a batch from its start until it is finished, never of one that was done before. */
function announce(mine) {
  const batches = Map.groupBy(mine, (image) => image.generation_id);
  const now = new Map();
  for (const [id, images] of batches) {
    const open = images.some(isUnfinished);
    if (!open && !watched.has(id)) continue;
    const words = batchNews(images);
    const author = images[0].author_id;
    if (words !== watched.get(id)) say(isMe(author) ? words : `${personOf(author).name}: ${words}`);
    if (open) now.set(id, words);
    else if (isMe(author) && document.hidden) tell(app.store.state.generations.get(id), images);
  }
  watched = now;
}
