/** Markdown of any origin as nodes, made one by one: HTML stays text, links open elsewhere, no pictures from outside. */

import { Marked } from "../vendor/marked/marked.esm.js";

const marked = new Marked({ gfm: true, breaks: true });
const ENTITY = /&(?:#\d+|#x[\da-f]+|\w+);/gi;
const reader = document.createElement("textarea");

const MAKE = {
  text: ({ tokens, text }) => (tokens ? nodes(tokens) : read(text)),
  paragraph: ({ tokens }) => element("p", nodes(tokens)),
  heading: ({ depth, tokens }) => element(`h${depth}`, nodes(tokens)),
  blockquote: ({ tokens }) => element("blockquote", nodes(tokens)),
  strong: ({ tokens }) => element("strong", nodes(tokens)),
  em: ({ tokens }) => element("em", nodes(tokens)),
  del: ({ tokens }) => element("del", nodes(tokens)),
  link: ({ href, tokens }) => (/^https?:/i.test(href) ? link(href, nodes(tokens)) : nodes(tokens)),
  codespan: ({ text }) => element("code", [text]),
  code: ({ text }) => element("pre", [element("code", [text])]),
  html: ({ block, text }) => (block ? element("p", [text]) : text),
  checkbox: ({ checked }) => (checked ? "☑ " : "☐ "),
  list,
  table,
  br: () => element("br"),
  hr: () => element("hr"),
  space: () => "",
  def: () => "",
};

/** A fragment for a Markdown text; one that nests too deep to be read is shown as it was written. */
export function markdown(text) {
  const fragment = document.createDocumentFragment();
  try {
    fragment.append(...nodes(marked.lexer(text)));
  } catch {
    fragment.append(element("p", [text]));
  }
  return fragment;
}

const nodes = (tokens) => tokens.flatMap((token) => MAKE[token.type]?.(token) ?? token.text);

function element(name, children = []) {
  const el = document.createElement(name);
  el.append(...children);
  return el;
}

function link(href, children) {
  const el = element("a", children);
  return Object.assign(el, { href, target: "_blank", rel: "noopener noreferrer nofollow" });
}

function list({ ordered, start, items }) {
  const el = element(ordered ? "ol" : "ul", items.map(({ tokens }) => element("li", nodes(tokens))));
  if (ordered && start !== 1) el.start = start;
  return el;
}

function table({ header, rows }) {
  const row = (cells, name) => element("tr", cells.map(({ tokens }) => element(name, nodes(tokens))));
  const body = rows.map((cells) => row(cells, "td"));
  return element("table", [element("thead", [row(header, "th")]), element("tbody", body)]);
}

/** Only entities are read by the browser as HTML, each by itself in a box that holds nothing but text. */
const read = (text) => text.replace(ENTITY, (entity) => ((reader.innerHTML = entity), reader.value));
