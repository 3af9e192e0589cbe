/** Style files of other programs: AUTOMATIC1111's styles.csv, and the JSON that InvokeAI and Fooocus write. Pure. */

import { plural } from "./words.js";

const MOST_BYTES = 1_000_000;
const MOST_STYLES = 200;
const LONGEST = { name: 80, positive: 8000, negative: 8000 };
const FIELD = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n][^,\r\n]*)?)(,|\r?\n|\r|$)/gy;
const HEADS = { positive: ["prompt", "positive_prompt", "text"], negative: ["negative_prompt"] };

/** What is in a File: `{styles: [{name, positive, negative}], unusable}`, the last of each name; rejects with plain words. */
export async function readStyles(file) {
  if (file.size > MOST_BYTES) throw new Error(`${file.name} is larger than 1 MB.`);
  const text = textOf(file, await file.arrayBuffer());
  const rows = /^\s*[[{]/.test(text) ? rowsOfJson(file, text) : rowsOfCsv(file, text);
  const meant = rows.map(styleOf).filter(({ positive, negative }) => positive || negative);
  const usable = meant.filter(isUsable);
  const styles = [...new Map(usable.map((style) => [keyOf(style), style])).values()];
  if (!styles.length) throw new Error(`There are no styles in ${file.name}.`);
  if (styles.length > MOST_STYLES)
    throw new Error(`There are ${styles.length} styles in ${file.name}. ${MOST_STYLES} can come at once.`);
  return { styles, unusable: meant.length - usable.length };
}

/** Those of `styles` whose names are not taken by `here`. */
export function newAmong(styles, here) {
  const taken = new Set(here.map(keyOf));
  return styles.filter((style) => !taken.has(keyOf(style)));
}

/** "12 styles, 2 already here, 1 left out: no name, or too long" */
export function insideWords({ styles, unusable }, fresh) {
  const here = styles.length - fresh;
  const parts = [plural(styles.length, "style")];
  if (here) parts.push(`${here} already here`);
  if (unusable) parts.push(`${unusable} left out: no name, or too long`);
  return parts.join(", ");
}

const keyOf = ({ name }) => name.toLowerCase();

function textOf(file, bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file.name} is not a style file. Choose a styles.csv, or a .json with styles.`);
  }
}

function styleOf(row) {
  const said = (heads) => heads.map((head) => row[head]).find((value) => typeof value === "string") ?? "";
  return {
    name: said(["name"]).trim(),
    positive: said(HEADS.positive).trim(),
    negative: said(HEADS.negative).trim(),
  };
}

const isUsable = (style) =>
  style.name && Object.entries(LONGEST).every(([field, most]) => isStorable(style[field], most));
const isStorable = (text, most) => text.length <= most && text.isWellFormed() && !text.includes("\0");

/** The styles that come with InvokeAI keep their prompts one level deeper than those it exports. */
function rowsOfJson(file, text) {
  let list;
  try {
    list = JSON.parse(text);
  } catch {
    throw new Error(`${file.name} cannot be read: its JSON is broken.`);
  }
  if (!Array.isArray(list)) throw new Error(`There is no list of styles in ${file.name}.`);
  return list.filter((row) => row && typeof row === "object").map((row) => ({ ...row, ...row.preset_data }));
}

/** Rows as objects by the names of the first line; older files call the prompt "text". */
function rowsOfCsv(file, text) {
  const [first = [], ...rows] = linesOfCsv(file, text);
  const heads = first.map((head) => head.trim().toLowerCase());
  if (!heads.includes("name") || !HEADS.positive.some((head) => heads.includes(head)))
    throw new Error(`The first line of ${file.name} does not name its columns: name, prompt, negative_prompt.`);
  return rows.map((row) => Object.fromEntries(heads.map((head, at) => [head, row[at]])));
}

/** Fields by RFC 4180: quoted ones may hold commas, lines and doubled quotation marks. */
function linesOfCsv(file, text) {
  const lines = [];
  let line = [];
  let end = 0;
  for (const field of text.matchAll(FIELD)) {
    const [all, quoted, plain, stop] = field;
    if (!all && !line.length) break;
    line.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    end = field.index + all.length;
    if (stop === ",") continue;
    lines.push(line);
    line = [];
  }
  if (end < text.length)
    throw new Error(`A quotation mark in line ${lineAt(text, end)} of ${file.name} is out of place.`);
  return lines;
}

const lineAt = (text, at) => text.slice(0, at).split(/\r?\n|\r/).length;
