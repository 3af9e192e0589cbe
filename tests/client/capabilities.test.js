import assert from "node:assert/strict";
import { test } from "node:test";
import { smallSize } from "../../client/static/js/capabilities.js";

const model = (size) => ({ capabilities: { size } });
const range = model({ min: 256, max: 2048, step: 64 });

test("a quick look keeps the shape and is about 512 px long", () => {
  assert.deepEqual(smallSize(range, 1536, 1024), { width: 512, height: 320 });
  assert.deepEqual(smallSize(range, 832, 1216), { width: 320, height: 512 });
  assert.deepEqual(smallSize(range), { width: 512, height: 512 });
});

test("where sizes are given, the smallest of the nearest shape is taken", () => {
  const choices = model({ choices: [[1024, 1024], [512, 512], [1536, 1024]] });
  assert.equal(smallSize(choices, 900, 900).width, 512);
  assert.equal(smallSize(choices, 1200, 800).width, 1536);
  assert.equal(smallSize(null), null);
});
