import assert from "node:assert/strict";
import test from "node:test";
import { canBeRead, marked, PLAIN, sheetOf } from "../../client/static/js/sheet.js";
import { generation, image } from "./room.js";

const AIR = { name: "air", options: ["clear", "mist"] },
  LIGHT = { name: "light", options: ["dawn", "dusk", "moon"] },
  LENS = { name: "3", options: ["wide", "long"] };

const lake = (id, air, light, more = {}) => image(id, { assignment: { air, light, ...more } });
const LAKES = [lake("a", "mist", "moon"), lake("b", "clear", "dawn"), lake("c", "clear", "moon"), lake("d", "mist", "dawn")];
const made = (...axes) => generation("g-1", { axes });

test("the first axis stands at the left, the second on top, in the order they are written", () => {
  const { rows, columns, at } = sheetOf(made(AIR, LIGHT), LAKES);
  assert.deepEqual(rows.values, ["clear", "mist"]);
  assert.deepEqual(columns.values, ["dawn", "moon"], "dusk was never made");
  assert.equal(at("mist", "dawn").id, "d");
});

test("swapped, the sides change places", () => {
  const { rows, columns, at } = sheetOf(made(AIR, LIGHT), LAKES, { ...PLAIN, swapped: true });
  assert.equal(rows.name, "light");
  assert.equal(columns.name, "air");
  assert.equal(at("dawn", "mist").id, "d");
});

test("one axis makes one row, and none makes no sheet", () => {
  const { rows, columns, at } = sheetOf(made(LIGHT), LAKES.slice(1, 3));
  assert.equal(rows, null);
  assert.deepEqual(columns.values, ["dawn", "moon"]);
  assert.equal(at(null, "moon").id, "c");
  assert.equal(canBeRead(made(), LAKES.slice(0, 1)), false);
});

test("further axes are pages, and the chosen page decides what stands in the frames", () => {
  const images = [
    lake("w", "clear", "dawn", { 3: "wide" }),
    lake("l", "clear", "dawn", { 3: "long" }),
    lake("x", "mist", "moon", { 3: "wide" }),
  ];
  const first = sheetOf(made(AIR, LIGHT, LENS), images);
  assert.deepEqual(first.pages.map(({ label, current }) => [label, current]), [["choice 3", "wide"]]);
  assert.equal(first.at("clear", "dawn").id, "w");
  const turned = sheetOf(made(AIR, LIGHT, LENS), images, { ...PLAIN, pages: { 3: "long" } });
  assert.equal(turned.at("clear", "dawn").id, "l");
  assert.equal(turned.at("mist", "moon"), undefined);
});

test("further seeds of the same words are takes", () => {
  const { columns, rows, at } = sheetOf(made(LIGHT), [
    image("a", { assignment: { light: "dawn" } }),
    image("b", { assignment: { light: "dusk" } }),
    image("c", { assignment: { light: "dawn" } }),
  ]);
  assert.equal(rows.name, "light");
  assert.equal(columns.label, "take");
  assert.equal(at("dawn", "2").id, "c");
  assert.equal(at("dusk", "2"), undefined);
});

test("a value is pinned, then hidden, then shown again, but the last one stays", () => {
  const g = made(AIR, LIGHT);
  const click = (view, value) => marked(view, sheetOf(g, LAKES, view).columns, value);
  let view = click(PLAIN, "dawn");
  assert.equal(sheetOf(g, LAKES, view).columns.mark("dawn"), "pinned");
  view = click(view, "dawn");
  assert.deepEqual(sheetOf(g, LAKES, view).columns.shown, ["moon"]);
  view = click(click(view, "moon"), "moon");
  assert.deepEqual(sheetOf(g, LAKES, view).columns.shown, ["moon"]);
  view = click(view, "dawn");
  assert.deepEqual(sheetOf(g, LAKES, view).columns.shown, ["dawn", "moon"]);
});
