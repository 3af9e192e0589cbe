import assert from "node:assert/strict";
import { test } from "node:test";
import { Autosave } from "../../client/static/js/autosave.js";

const desk = (more = {}) => {
  const saved = [];
  return { saved, mine: new Autosave({ save: async (...what) => saved.push(what), ...more }) };
};

test("changes to one thing go out together, each thing apart", async () => {
  const { saved, mine } = desk();
  mine.put("a", "style", { name: "Ink" });
  mine.put("a", "style", { steps: 4 });
  mine.put("b", "theme", { name: "Coast" });
  assert.deepEqual(mine.of("a"), { name: "Ink", steps: 4 });
  await mine.flush();
  assert.deepEqual(saved, [["a", "style", { name: "Ink", steps: 4 }], ["b", "theme", { name: "Coast" }]]);
  assert.deepEqual(mine.of("a"), {});
  await mine.flush();
  assert.equal(saved.length, 2);
});

test("it is done when nothing waits any more", async () => {
  let done = 0;
  const save = async () => done || mine.put("a", "style", { name: "Later" });
  const mine = new Autosave({ save, done: () => done++ });
  mine.put("a", "style", { name: "Now" });
  await mine.flush();
  assert.equal(done, 0);
  done = 1;
  await mine.flush();
  assert.equal(done, 2);
});
