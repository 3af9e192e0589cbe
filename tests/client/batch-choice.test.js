import assert from "node:assert/strict";
import { test } from "node:test";
import { BatchChoice } from "../../client/static/js/batch-choice.js";

const all = ["red", "blue", "green"].flatMap((a, i) => ["rain", "snow", "fog"].map((b, j) => (
  { index: String(3 * i + j), prompt: `a ${a} fox in ${b}`, assignment: { 1: a, 2: b } })));
const offer = { items: all.slice(0, 6), reason: "balanced" };
const choose = (more = {}) => new BatchChoice({
  answer: { count_text: "9", offer }, all, each: 1, seedMode: "same", cap: 64, ...more });

test("an unticked word leaves its combinations out and brings others in", () => {
  const choice = choose();
  choice.tickWord("1", "red", false);
  assert.equal(choice.n, 6);
  assert.ok(choice.taken.every(({ assignment }) => assignment[1] !== "red"));
  assert.equal(choice.words(), "6 of 6 combinations with these words.");
  choice.tickWord("1", "red", true);
  assert.deepEqual(choice.rows, all.slice(0, 6));
});

test("an unticked row is not made, and redrawing ticks all again", () => {
  const choice = choose();
  choice.tickRow(1, false);
  assert.deepEqual(choice.indices(), ["0", "2", "3", "4", "5"]);
  choice.draw("random");
  assert.equal(choice.n, 6);
});

test("several of each need a seed for each", () => {
  const choice = choose({ each: 2 });
  assert.equal(choice.seeds, "each");
  assert.deepEqual(choice.indices().slice(0, 4), ["0", "0", "1", "1"]);
  choice.each = 1;
  assert.equal(choice.seeds, "same");
});

test("all combinations are offered as far as cap and day allow", () => {
  const free = { limit: 20, used: 16 };
  assert.deepEqual(choose().everything(null), { n: 9n, offered: true, reason: "" });
  assert.equal(choose().everything(free).reason, "You have 4 left today.");
  assert.equal(choose({ cap: 8 }).everything(null).reason, "A batch has at most 8 images.");
  const huge = choose({ answer: { count_text: String(10n ** 30n), offer } });
  assert.equal(huge.everything(null).reason, "Only a sample can be made of so many.");
  assert.equal(huge.words(), "10³⁰ combinations. Pick a sample: six, balanced.");
});
