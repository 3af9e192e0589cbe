/** Prompts in colour: macros tinted, faults underlined, what a proposal adds and drops. */

import { read } from "./reading.js";

const SHARP = new Set(["brace", "bar", "operator"]);

/** Spans `{start, end, tag, name}` of a prompt's macros, for `painted`. */
export function macroSpans(prompt) {
  return spansOf(read(prompt).tokens);
}

/** The same from the tokens of macros.js: whole macros as "mac", their marks as "b", a fault as "wrong". */
export function spansOf(tokens) {
  const spans = [];
  for (const { start, end, kind } of tokens) {
    if (kind === "plain") continue;
    const name = kind === "error" ? "wrong" : "mac";
    if (spans.at(-1)?.end === start && spans.at(-1).name === name) spans.at(-1).end = end;
    else spans.push({ start, end, tag: "span", name });
  }
  const marks = tokens.filter(({ kind }) => SHARP.has(kind)).map(({ start, end }) => ({ start, end, tag: "b" }));
  return [...spans, ...marks];
}

/** A fragment of `text` under its spans; `removed` places struck text: `[{at, text, replaced}]`. */
export function painted(text, spans, removed = []) {
  const blocks = spans.filter((span) => span.name).sort((a, b) => a.start - b.start);
  const fine = spans.filter((span) => !span.name);
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const block of blocks) {
    pour(fragment, text, at, block.start, fine, removed);
    const el = document.createElement(block.tag);
    el.className = block.name;
    pour(el, text, block.start, block.end, fine, removed);
    fragment.append(el);
    at = block.end;
  }
  pour(fragment, text, at, text.length + 1, fine, removed);
  return fragment;
}

function pour(parent, text, start, end, spans, removed) {
  const gone = removed.filter(({ at }) => at >= start && at < end);
  const edges = new Set([start, Math.min(end, text.length), ...gone.map(({ at }) => at)]);
  for (const span of spans) for (const edge of [span.start, span.end]) if (edge > start && edge < end) edges.add(edge);
  const cuts = [...edges].sort((a, b) => a - b);
  cuts.forEach((cut, i) => {
    for (const one of gone) if (one.at === cut) parent.append(struck(one));
    const next = cuts[i + 1];
    if (next === undefined) return;
    const over = spans.filter((span) => span.start <= cut && span.end >= next);
    parent.append(over.reduceRight(wrapped, document.createTextNode(text.slice(cut, next))));
  });
}

function wrapped(node, { tag }) {
  const el = document.createElement(tag);
  el.append(node);
  return el;
}

function struck({ text, replaced }) {
  const el = document.createElement("del");
  el.textContent = text.trimEnd();
  const fragment = document.createDocumentFragment();
  fragment.append(el, text.slice(el.textContent.length) || (replaced ? " " : ""));
  return fragment;
}
