// The macros of a prompt, read as one types: count, axes, the first fault, and tokens to tint.
// The server's `prompts` package is the judge; both are held to one file of vectors.

import { Fault, Parser } from "./macros/parser.js";
import { groupsOf, product } from "./macros/parts.js";
import { tokens } from "./macros/tokens.js";

/** Reads both texts. `count` is a BigInt, 0n with an error; token offsets are UTF-16 units. Never throws. */
export function parse(prompt, negative = "") {
  const names = [];
  const fields = { prompt: String(prompt ?? ""), negative: String(negative ?? "") };
  let groups = [];
  let error = null;
  try {
    for (const field of ["prompt", "negative"]) groups.push(...groupsOf(new Parser(field, fields[field], names).read()));
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    error = fault;
    groups = [];
  }
  return {
    count: error ? 0n : product(groups.map((group) => group.size)),
    axes: groups.map((group, place) => ({ name: group.name ?? String(place + 1), ...group.axis() })),
    error: error && { field: error.field, message: error.message, line: error.line, column: error.column },
    tokens: tokens(fields.prompt, error?.field === "prompt" ? error.span : null),
    negativeTokens: tokens(fields.negative, error?.field === "negative" ? error.span : null),
  };
}
