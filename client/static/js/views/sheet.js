// The contact sheet of a batch: values on the edges, frames between them.

import { $, $$, clone, icon, setAttr } from "../dom.js";
import { marked, sheetOf } from "../sheet.js";
import { read, swapSheet, viewOf } from "./sheet-view.js";
import { updateTile } from "./tile.js";

/** Shows the batch as a table inside `holder`; the same picture keeps its tile however the sheet is turned. */
export function showSheet(holder, { generation, images }, state) {
  const view = viewOf(generation.id);
  const model = sheetOf(generation, images, view);
  const shape = JSON.stringify([view, images.map((image) => image.id), model.rows, model.columns]);
  if (holder.shape !== shape) build(holder, model, generation.id, images);
  holder.shape = shape;
  const fresh = new Map(images.map((image) => [image.id, image]));
  for (const [id, tile] of holder.tiles) updateTile(tile, fresh.get(id), state);
}

export function hideSheet(holder) {
  holder.replaceChildren();
  holder.shape = holder.tiles = null;
}

function build(holder, model, id, images) {
  const focused = document.activeElement;
  const handle = holder.contains(focused) ? focused.dataset.handle : null;
  const kept = holder.tiles ?? new Map();
  holder.tiles = new Map();
  const tileOf = (image) => {
    const tile = kept.get(image.id) ?? clone("sheet-tile");
    holder.tiles.set(image.id, tile);
    return tile;
  };
  const plate = clone("sheet");
  showEdges($(".sheet-bar", plate), model, id);
  fill($(".sheet", plate), model, id, tileOf);
  setShape($(".sheet", plate), images);
  holder.replaceChildren(plate);
  const again = handle && $$("[data-handle]", holder).find((el) => el.dataset.handle === handle);
  (again ?? (holder.contains(focused) ? focused : null))?.focus({ preventScroll: true });
}

function setShape(sheet, images) {
  const sized = images.find((image) => image.width && image.height);
  if (sized) sheet.style.setProperty("--ar", `${sized.width} / ${sized.height}`);
}

/** The pages to turn, and what is hidden, with the way back. */
function showEdges(bar, { rows, columns, pages }, id) {
  for (const page of pages) bar.append(pageRow(page, id));
  const hidden = [rows, columns].filter(Boolean).flatMap((axis) => hiddenOf(axis).map((value) => [axis, value]));
  if (hidden.length) {
    const group = groupOf("Hidden");
    group.append(...hidden.map(([axis, value]) => valueButton(axis, value, id)));
    bar.append(group);
  }
  bar.hidden = !bar.children.length;
}

const hiddenOf = (axis) => axis.values.filter((value) => axis.mark(value) === "hidden");

function groupOf(label) {
  const group = document.createElement("div");
  group.className = "sheet-group";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label);
  const name = document.createElement("span");
  name.className = "dim";
  name.textContent = label;
  group.append(name);
  return group;
}

function pageRow(page, id) {
  const group = groupOf(page.label);
  for (const value of page.values) {
    const button = axisButton(page, value);
    setAttr(button, "aria-pressed", String(value === page.current));
    button.addEventListener("click", () =>
      read(id, (view) => ({ ...view, pages: { ...view.pages, [page.name]: value } })),
    );
    group.append(button);
  }
  return group;
}

function axisButton(axis, value) {
  const button = document.createElement("button");
  button.className = "axis-val";
  button.type = "button";
  button.dataset.handle = `${axis.name} ${value}`;
  button.append(value || "nothing");
  return button;
}

const WORDS = { undefined: "Click to pin", pinned: "Pinned. Click to hide", hidden: "Hidden. Click to show" };
const SIGNS = { pinned: "pin-angle-fill", hidden: "eye-slash" };

function valueButton(axis, value, id) {
  const button = axisButton(axis, value);
  const mark = axis.mark(value);
  setAttr(button, "aria-pressed", String(mark === "pinned"));
  button.title = WORDS[mark];
  if (SIGNS[mark]) button.prepend(icon(SIGNS[mark], "i-12"));
  button.addEventListener("click", () => read(id, (view) => marked(view, axis, value)));
  return button;
}

function fill(sheet, { rows, columns, at }, id, tileOf) {
  const across = columns?.shown ?? [null];
  sheet.style.setProperty("--cols", across.length);
  const names = [rows, columns].filter(Boolean).map((axis) => axis.label);
  sheet.setAttribute("aria-label", `Contact sheet: ${names.join(" by ")}`);
  $(".sheet-corner button", sheet).addEventListener("click", () => swapSheet(id));
  $(".sheet-cols", sheet).append(...across.map((value) => headOf(columns, value, id, "columnheader")));
  for (const row of rows?.shown ?? [null]) {
    const line = document.createElement("div");
    line.className = "sheet-row";
    line.setAttribute("role", "row");
    line.append(headOf(rows, row, id, "rowheader"), ...across.map((column) => cellOf(at(row, column), tileOf, columns, column)));
    sheet.append(line);
  }
}

function headOf(axis, value, id, role) {
  const head = document.createElement("div");
  head.className = role === "rowheader" ? "axis axis-row" : "axis";
  head.setAttribute("role", role);
  if (axis) head.append(valueButton(axis, value, id));
  head.classList.toggle("is-pinned", axis?.mark(value) === "pinned");
  return head;
}

function cellOf(image, tileOf, columns, column) {
  const cell = document.createElement("div");
  cell.className = "frame";
  cell.setAttribute("role", "cell");
  cell.classList.toggle("is-pinned", columns?.mark(column) === "pinned");
  if (image) cell.append(tileOf(image));
  return cell;
}
