import assert from "node:assert/strict";
import { test } from "node:test";
import { allowed, balanced, random, usage } from "../../client/static/js/batch-pick.js";

const words = { 1: ["umbrella", "tram"], 2: ["amber", "teal", "rose"], 3: ["drizzle", "downpour"] };
const all = words[1].flatMap((a, i) => words[2].flatMap((b, j) => words[3].map((c, k) => (
  { index: String(i * 6 + j * 2 + k), prompt: `${a} ${b} ${c}`, assignment: { 1: a, 2: b, 3: c } }))));

test("six of twelve give every word its fair turn", () => {
  const counts = usage(balanced(all, 6));
  for (const [axis, options] of Object.entries(words)) {
    for (const word of options) assert.equal(counts.get(axis).get(word), 6 / options.length);
  }
});

test("an unticked word comes in no prompt", () => {
  const off = new Map([["2", new Set(["rose"])]]);
  const picked = balanced(all.filter((item) => allowed(item, off)), 6);
  assert.equal(picked.length, 6);
  assert.ok(picked.every((item) => item.assignment[2] !== "rose"));
});

test("random takes no combination twice and keeps their order", () => {
  const picked = random(all, 6, () => 0.99).map((item) => Number(item.index));
  assert.deepEqual(picked, [...new Set(picked)].sort((a, b) => a - b));
  assert.equal(random(all, 40).length, 12);
});
