// A batch read as a contact sheet: which values stand on top, which at the left, and which turn the page; pure.

const TAKE = "take";

/** How nobody has changed anything yet: shown as a grid, first axis at the left, first pages, nothing marked. */
export const PLAIN = { on: false, swapped: false, pages: {}, marks: {} };

const NEXT = { undefined: "pinned", pinned: "hidden", hidden: undefined };
const markKey = (axis, value) => `${axis}\n${value}`;

/** The view with one value marked further: shown, pinned, hidden, shown again. The last one shown is never hidden. */
export function marked(view, axis, value) {
  const key = markKey(axis.name, value);
  const last = axis.values.filter((other) => view.marks[markKey(axis.name, other)] !== "hidden").length === 1;
  const next = NEXT[view.marks[key]];
  return { ...view, marks: { ...view.marks, [key]: last && next === "hidden" ? undefined : next } };
}

/** Whether the images differ along an axis at all. */
export const canBeRead = (generation, images) => axesOf(generation, placed(generation, images)).length > 0;

/** {rows, columns, pages, hidden, at(row, column)}: rows or columns are null where there is one axis only;
 *  an axis is {name, label, values, shown, mark(value)}, a page also {current}. */
export function sheetOf(generation, images, view = PLAIN) {
  const places = placed(generation, images);
  const axes = axesOf(generation, places).map((axis) => withMarks(axis, view.marks));
  const [first, second, ...further] = axes;
  const sides = second ? [first, second] : [null, first];
  const [rows, columns] = view.swapped ? sides.reverse() : sides;
  const pages = further.map((axis) => ({ ...axis, current: pageOf(axis, view.pages) }));
  const turned = pages.map((page) => [page, page.current]);
  const at = (row, column) => {
    const wanted = [[rows, row], [columns, column], ...turned].filter(([axis]) => axis);
    return places.find(({ words }) => wanted.every(([axis, value]) => words[axis.at] === value))?.image;
  };
  return { rows, columns, pages, at };
}

/** Each image with its word on every axis; further seeds of the same words count as takes. */
function placed({ axes }, images) {
  const takes = new Map();
  return images.map((image) => {
    const words = axes.map(({ name }) => image.assignment[name] ?? "");
    const key = JSON.stringify(words);
    takes.set(key, (takes.get(key) ?? 0) + 1);
    return { image, words: [...words, String(takes.get(key))] };
  });
}

function axesOf({ axes }, places) {
  const all = [...axes, { name: TAKE, options: [] }];
  return all
    .map(({ name, options }, at) => ({ name, at, label: labelOf(name), values: valuesOf(places, at, options) }))
    .filter((axis) => axis.values.length > 1);
}

/** The words that came up, in the order in which they are written. */
function valuesOf(places, at, options) {
  const came = [...new Set(places.map(({ words }) => words[at]))];
  const rank = (value) => (options.indexOf(value) + 1 || options.length + 1 + came.indexOf(value));
  return came.sort((a, b) => rank(a) - rank(b));
}

function withMarks(axis, marks) {
  const mark = (value) => marks[markKey(axis.name, value)];
  return { ...axis, mark, shown: axis.values.filter((value) => mark(value) !== "hidden") };
}

const pageOf = ({ name, values }, pages) => (values.includes(pages[name]) ? pages[name] : values[0]);
const labelOf = (name) => (/^\d+$/.test(name) ? `choice ${name}` : name);
