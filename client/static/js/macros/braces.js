// Finds the braces of a text and tells macros from braces that are left alone.

const MARK = /\\[{}|\\]|[{}|]/g;
const ESCAPE = /\\([{}|\\])/g;
const NUMBER = "-?[0-9]{1,9}(?:\\.[0-9]{1,6})?";
export const RANGE_HEAD = new RegExp(` *${NUMBER}\\.\\.`, "y");
export const REFERENCE = / *=([a-z][a-z0-9_]*) */y;
export const NAME = / *([a-z][a-z0-9_]*): /y;
export const CHOOSE = / *([0-9]{1,9})(?:-([0-9]{1,9}))?\$\$/y;
export const RANGE = new RegExp(` *(${NUMBER})\\.\\.(${NUMBER})(?:\\.\\.(${NUMBER}))? *`, "y");
export const WEIGHT = new RegExp(` *(${NUMBER})::`, "y");

/** The outermost macros of a text, and where its first unmatched brace stands (-1: nowhere that matters). */
export function scan(text) {
  const root = { start: -1, bars: [], macros: [] };
  const stack = [root];
  const strays = [];
  for (const { 0: sign, index } of text.matchAll(MARK)) {
    if (sign === "{") stack.push({ start: index, end: -1, bars: [], macros: [] });
    else if (sign === "|") stack.at(-1).bars.push(index);
    else if (sign === "}" && stack.length === 1) strays.push(index);
    else if (sign === "}") close(stack, index, text);
  }
  for (const brace of stack.slice(1)) strays.push(brace.start);
  while (stack.length > 1) close(stack, text.length, text);
  const unmatched = strays.length && root.macros.length ? strays.reduce((a, b) => Math.min(a, b)) : -1;
  return { macros: root.macros, unmatched };
}

/** Ends the innermost brace; one that is left alone hands its macros to the brace around it. */
function close(stack, end, text) {
  const brace = stack.pop();
  brace.end = end;
  const around = stack.at(-1);
  if (isMacro(brace, text)) around.macros.push(brace);
  else if (brace.macros.length) around.macros = around.macros.length ? around.macros.concat(brace.macros) : brace.macros;
}

function isMacro(brace, text) {
  if (brace.bars.length || matchAll(REFERENCE, text, brace.start + 1, brace.end)) return true;
  const name = match(NAME, text, brace.start + 1, brace.end);
  const body = name ? name.end : brace.start + 1;
  return Boolean(match(CHOOSE, text, body, brace.end) || match(RANGE_HEAD, text, body, brace.end));
}

export function match(pattern, text, start, end) {
  pattern.lastIndex = start;
  const found = pattern.exec(text);
  if (!found || pattern.lastIndex > end) return null;
  found.end = pattern.lastIndex;
  return found;
}

export function matchAll(pattern, text, start, end) {
  const found = match(pattern, text, start, end);
  return found?.end === end ? found : null;
}

export const unescape = (text) => text.replace(ESCAPE, "$1");


/** Where a second `$$` ends the joiner of a choose-k that begins at `start`, or -1. */
export function joinerEnd(brace, text, start) {
  const limit = Math.min(brace.end, brace.bars[0] ?? brace.end, brace.macros[0]?.start ?? brace.end);
  const end = text.indexOf("$$", start);
  return end >= 0 && end + 2 <= limit ? end : -1;
}
