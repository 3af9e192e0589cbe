import assert from "node:assert/strict";
import { test } from "node:test";
import { Favourites } from "../../client/static/js/favourites.js";

const shelf = () => {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
};
const items = ["", "a", "b", "c"].map((id) => ({ id }));
const order = (favourites) => favourites.first(items).map(({ id }) => id);

test("favourites come first, under what stands for none", () => {
  const mine = new Favourites("style", "u-mira", shelf());
  mine.toggle("c");
  mine.toggle("b");
  assert.deepEqual(order(mine), ["", "b", "c", "a"]);
  mine.toggle("b");
  assert.deepEqual(order(mine), ["", "c", "a", "b"]);
});

test("each person has their own, and keeps them", () => {
  const storage = shelf();
  new Favourites("style", "u-mira", storage).toggle("b");
  assert.ok(new Favourites("style", "u-mira", storage).has("b"));
  assert.ok(!new Favourites("style", "u-ben", storage).has("b"));
  assert.ok(!new Favourites("theme", "u-mira", storage).has("b"));
});
