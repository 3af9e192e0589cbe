// Parts of the room that are fetched when they are first wished for.

import { app } from "./app.js";
import { wish } from "./dom.js";

const PARTS = {
  lightbox: ["lightbox:open"],
  compare: ["compare:open"],
  "bar-menu": ["bar-menu:open"],
  "batch-dialog": ["batch:ask"],
  "styles-dialog": ["styles:open"],
  "command-palette": ["palette:open"],
  following: ["person:follow"],
  "report-dialog": ["report:open", "news:ticket"],
  "share-dialog": ["share:open", "news:asked"],
  "trash-dialog": ["trash:open"],
  "move-dialog": ["move:open"],
  "key-sheet": ["keys:open"],
  "transfer-dialog": ["export:open", "import:open"],
};
/**
 * What goes on without the server, so that it must be there before the line is cut. Still nobody loads it who does not
 * touch the room: a first sign of a person brings it. Everything else asks the server anyway.
 */
const ALONE = ["lightbox", "bar-menu", "compare", "command-palette", "key-sheet", "sheet", "sheet-picture"];
const SIGNS = ["pointermove", "pointerdown", "keydown"];
const coming = new Map();

/** Fetches what goes on without the server at the first sign of a person, one after another to be in nobody's way. */
export function awaitPerson() {
  for (const sign of SIGNS) document.addEventListener(sign, heed);
}

async function heed() {
  if (app.store.state.connection !== "live") return;
  for (const sign of SIGNS) document.removeEventListener(sign, heed);
  try {
    for (const part of ALONE) await fetchPart(part);
  } catch {
    awaitPerson();
  }
}

/** Fetches a part ahead of the wish; from then on it hears by itself. */
export function fetchPart(part) {
  if (!coming.has(part)) coming.set(part, fetchOnce(part));
  return coming.get(part);
}

async function fetchOnce(part) {
  try {
    await import(`./views/${part}.js`);
    for (const name of PARTS[part] ?? []) document.removeEventListener(name, hear);
  } catch (error) {
    coming.delete(part);
    throw error;
  }
}

async function hear({ type, detail }) {
  const part = Object.keys(PARTS).find((name) => PARTS[name].includes(type));
  try {
    await fetchPart(part);
    wish(type, detail);
  } catch {
    wish("toast", { text: "This part of the room could not be fetched. Try again in a moment.", tone: "danger" });
  }
}

for (const name of Object.values(PARTS).flat()) document.addEventListener(name, hear);
