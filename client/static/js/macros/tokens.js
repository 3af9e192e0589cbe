// Cuts a prompt into runs to tint: brace, bar, option, name, operator, error, plain.

import { CHOOSE, NAME, RANGE_HEAD, REFERENCE, WEIGHT, joinerEnd, match, matchAll, scan } from "./braces.js";
import { LONGEST } from "./parser.js";

/** Runs `{start, end, kind}` that cover the text; `span` is the wrong place, shown as one run. */
export function tokens(text, span) {
  const kinds = Array(text.length).fill("plain");
  if (text.length <= 2 * LONGEST) tint(kinds, text, scan(text).macros);
  if (span) kinds.fill("error", ...span);
  const runs = [];
  kinds.forEach((kind, at) => {
    if (runs.at(-1)?.kind === kind) runs.at(-1).end = at + 1;
    else runs.push({ start: at, end: at + 1, kind });
  });
  return runs;
}

function tint(kinds, text, macros) {
  for (const macro of macros) kinds.fill("option", macro.start, macro.end + 1);
  const waiting = [...macros];
  while (waiting.length) {
    const macro = waiting.pop();
    waiting.push(...macro.macros);
    tintMacro(kinds, text, macro);
  }
}

function tintMacro(kinds, text, macro) {
  const { start, end, bars } = macro;
  for (const edge of [start, end]) kinds.fill("brace", edge, edge + 1);
  for (const bar of bars) kinds.fill("bar", bar, bar + 1);
  const reference = !bars.length && matchAll(REFERENCE, text, start + 1, end);
  if (reference) tintName(kinds, text, reference[1], start + 1, end);
  const name = match(NAME, text, start + 1, end);
  if (name) tintName(kinds, text, name[1], start + 1, name.end);
  const body = name ? name.end : start + 1;
  const choose = match(CHOOSE, text, body, end);
  if (choose) {
    const joined = joinerEnd(macro, text, choose.end);
    kinds.fill("operator", body, joined < 0 ? choose.end : joined + 2);
  } else if (!bars.length && match(RANGE_HEAD, text, body, end)) {
    for (const dots of text.slice(body, end).matchAll(/\.\./g)) kinds.fill("operator", body + dots.index, body + dots.index + 2);
  }
  for (const first of [body, ...bars.map((bar) => bar + 1)]) {
    const weight = match(WEIGHT, text, first, end);
    if (weight) kinds.fill("operator", first, weight.end);
  }
}

function tintName(kinds, text, name, start, end) {
  const at = text.indexOf(name, start);
  kinds.fill("operator", start, end);
  kinds.fill("name", at, at + name.length);
}
