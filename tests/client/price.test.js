import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterWords, durationWords, grouped, left, offered, overWords, proposalPrice, resetWords,
} from "../../client/static/js/price.js";

const free = { limit: 20, used: 6, resets_at: "2026-01-02T00:00:00Z" };

test("the offer is one, or three to six", () => {
  assert.deepEqual([1n, 2n, 3n, 5n, 6n, 7n, 10n ** 30n].map(offered), [1, 6, 3, 5, 6, 6, 6]);
});

test("a proposal says what it leaves", () => {
  assert.equal(proposalPrice(6, free), "6 images, leaves 8 for today");
  assert.equal(proposalPrice(1, { limit: null, used: 3 }), "1 image");
  assert.equal(proposalPrice(20, free), "20 images, you have 14 left today");
});

test("the dialog says what is left and what is too much", () => {
  assert.equal(afterWords(6, free), "14 left today, 8 after this");
  assert.equal(afterWords(15, free), "14 left today");
  assert.equal(overWords(6, free), "");
  assert.equal(overWords(6, { limit: 20, used: 16 }), "You have 4 left today. Untick two");
  assert.equal(overWords(12, { limit: 20, used: 16 }, { each: 2 }), "You have 4 left today. Untick four");
  assert.equal(overWords(66, { limit: null, used: 3 }, { cap: 64 }), "A batch has at most 64 images. Untick two");
  assert.match(overWords(1, { ...free, used: 20 }), /^You have none left today. Starts again in \d+ (h|min)$/);
  assert.equal(left(null), null);
});

test("large counts are read at a glance", () => {
  assert.equal(grouped(4096n), "4,096");
  assert.equal(grouped(10n ** 30n), "10³⁰");
  assert.equal(grouped(4n * 12n ** 20n), "about 1 × 10²²");
});

test("the day's turn is told in hours, then minutes", () => {
  assert.equal(resetWords(free, Date.parse("2026-01-01T18:00:00Z")), "Starts again in 6 h.");
  assert.equal(resetWords(free, Date.parse("2026-01-01T23:40:00Z")), "Starts again in 20 min.");
});

test("the time a batch takes comes from what was made", () => {
  const made = { status: "ready", model: "flux", started_at: "2026-01-01T10:00:00Z", finished_at: "2026-01-01T10:00:07Z" };
  assert.equal(durationWords(6, "flux", [made]), "about 40 s");
  assert.equal(durationWords(6, "sdxl", [made]), "");
});
