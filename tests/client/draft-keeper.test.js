import assert from "node:assert/strict";
import { test } from "node:test";
import { DraftKeeper } from "../../client/static/js/draft-keeper.js";

const deferred = () => {
  let done, fail;
  const promise = new Promise((resolve, reject) => ([done, fail] = [resolve, reject]));
  return { promise, done, fail };
};
const written = (text) => ({ text, negative: "", settings: {} });

test("what is typed is saved once after the pause", async () => {
  const saved = [];
  const first = deferred();
  const keeper = new DraftKeeper({ save: async (draft) => (saved.push(draft), first.done()), pause: 5 });
  keeper.change({ text: "a" });
  keeper.change({ text: "a fox" });
  await first.promise;
  assert.deepEqual(saved, [written("a fox")]);
});

test("the echo of an older save does not undo newer typing", async () => {
  const answers = [deferred(), deferred()];
  let saves = 0;
  const keeper = new DraftKeeper({ save: () => answers[saves++].promise, pause: 1e6 });
  keeper.change({ text: "a" });
  const first = keeper.flush();
  keeper.change({ text: "a fox" });
  answers[0].done();
  await first;
  keeper.receive(written("a"));
  assert.equal(keeper.current.text, "a fox");
  const second = keeper.flush();
  answers[1].done();
  await second;
  keeper.receive(written("a"));
  assert.equal(keeper.current.text, "a", "another tab wrote it anew");
});

test("a draft of my other tab is taken when mine is saved", () => {
  const told = [];
  const keeper = new DraftKeeper({ save: async () => {}, tell: (draft) => told.push(draft.text) });
  keeper.receive(written("from the other tab"));
  assert.deepEqual(told, ["from the other tab"]);
});

test("a draft that could not be saved waits on the shelf", async () => {
  let kept = null;
  const shelf = { get: () => kept, set: (draft) => (kept = draft) };
  const keeper = new DraftKeeper({ save: async () => { throw new Error("offline"); }, shelf, pause: 1e6 });
  keeper.change({ text: "never lost" });
  await keeper.flush();
  assert.equal(kept.text, "never lost");
  const next = new DraftKeeper({ save: async () => {}, shelf, pause: 1e6 });
  assert.equal(next.current.text, "never lost");
  await next.flush();
  assert.equal(kept, null);
});

test("null takes a setting away", () => {
  const keeper = new DraftKeeper({ save: async () => {}, pause: 1e6 });
  keeper.change({ settings: { seed: 4, steps: 20 } });
  keeper.change({ settings: { seed: null } });
  assert.deepEqual(keeper.current.settings, { steps: 20 });
  keeper.flush();
});
