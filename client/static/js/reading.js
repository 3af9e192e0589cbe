/** Parses each prompt once: the form, the cards and the dialog ask about the same few texts again and again. */

import { parse } from "./macros.js";

const KEPT = 40;
const known = new Map();

/** What macros.js says of a prompt and its negative. */
export function read(prompt, negative = "") {
  const key = `${prompt}\u0000${negative}`;
  if (!known.has(key)) {
    known.set(key, parse(prompt, negative));
    if (known.size > KEPT) known.delete(known.keys().next().value);
  }
  return known.get(key);
}

/** The combinations of a prompt as a BigInt; 0n when it has a fault. */
export const count = (prompt, negative) => read(prompt, negative).count;

/** A prompt without its macros: the words that every combination shares. */
export function fixedWords(prompt) {
  return read(prompt)
    .tokens.filter((token) => token.kind === "plain")
    .map(({ start, end }) => prompt.slice(start, end))
    .join("");
}
