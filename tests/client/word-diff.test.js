import assert from "node:assert/strict";
import { test } from "node:test";
import { addedSpans, diffWords } from "../../client/static/js/word-diff.js";

const spell = (runs, without) => runs.filter((run) => run.kind !== without).map((run) => run.text).join("");

test("equal prompts are one run", () => {
  assert.deepEqual(diffWords("a red fox", "a red fox"), [{ kind: "same", text: "a red fox" }]);
});

test("a changed phrase is removed and added as a whole", () => {
  const runs = diffWords("rain neon, eye level, wet road", "rain neon, low camera, mirror-wet asphalt");
  assert.deepEqual(runs, [
    { kind: "same", text: "rain neon, " },
    { kind: "removed", text: "eye level, wet road" },
    { kind: "added", text: "low camera, mirror-wet asphalt" },
  ]);
});

test("from an empty draft all is added", () => {
  assert.deepEqual(diffWords("", "a fox"), [{ kind: "added", text: "a fox" }]);
});

test("an option dropped from a macro is struck alone", () => {
  const runs = diffWords("{amber|teal|blue|rose} neon", "{amber|teal|rose} neon");
  assert.equal(spell(runs, "added"), "{amber|teal|blue|rose} neon");
  assert.equal(runs.filter((run) => run.kind === "removed").length, 1);
  assert.equal(runs.filter((run) => run.kind === "added").length, 0);
});

test("what is new is marked without the comma before it", () => {
  assert.deepEqual(addedSpans(diffWords("a fox", "a fox, in snow")), [{ start: 7, end: 14 }]);
});

test("any two texts can be spelled back from their runs", () => {
  const words = ["a", "fox", " ", ", ", "snow", "{", "|", "}", "Ünder", "🦊", "\n"];
  let seed = 7;
  const next = (n) => (seed = (seed * 48271) % 2147483647) % n;
  const text = () => Array.from({ length: next(14) }, () => words[next(words.length)]).join("");
  for (let round = 0; round < 300; round++) {
    const [before, after] = [text(), text()];
    const runs = diffWords(before, after);
    assert.equal(spell(runs, "added"), before);
    assert.equal(spell(runs, "removed"), after);
    for (const { start, end } of addedSpans(runs)) assert.ok(start < end && end <= after.length);
  }
});

test("two prompts of full length are compared at once", () => {
  const before = "lake at dawn, ".repeat(570);
  const started = performance.now();
  diffWords(before, before.replaceAll("dawn", "dusk"));
  assert.ok(performance.now() - started < 1000);
});
