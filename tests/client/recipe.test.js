import assert from "node:assert/strict";
import test from "node:test";
import { isExport, originWords, refusalOf, settingsOf } from "../../client/static/js/recipe.js";

const capabilities = {
  seed: true,
  steps: { min: 1, max: 50, default: 20 },
  cfg_scale: null,
  samplers: ["Euler a"],
  size: { min: 64, max: 2048, step: 8 },
};
const here = { models: [{ id: "sdxl", kind: "image", default: true, healthy: true, capabilities }], styles: new Map([["s-1", {}]]) };
const draft = { text: "", negative: "", settings: {} };

test("a recipe's settings are those that can be had here", () => {
  const recipe = { model: "sdxl", seed: 5, steps: 30, cfg_scale: 7, sampler: "Euler a", width: 512, height: 768 };
  assert.deepEqual(settingsOf({ ...recipe, style_ids: ["s-1", "gone"] }, draft, here), {
    model: "sdxl",
    style_ids: ["s-1"],
    seed: 5,
    steps: 30,
    sampler: "Euler a",
    width: 512,
    height: 768,
  });
});

test("a model, a sampler and steps that are unknown here are left as they stand", () => {
  const settings = settingsOf({ model: "other", steps: 500, sampler: "LMS" }, draft, here);
  assert.deepEqual(settings, { model: undefined, style_ids: [] });
});

test("a file is an export by its name, and too large by its size", () => {
  assert.ok(isExport({ name: "foxes.tar.gz" }) && isExport({ name: "FOXES.TGZ" }));
  assert.ok(!isExport({ name: "fox.png" }));
  assert.equal(refusalOf({ name: "fox.png", size: 26 * 1024 * 1024 }), "fox.png is larger than 25 MB.");
  assert.equal(refusalOf({ name: "fox.png", size: 1024 }), "");
});

test("where a recipe comes from is said by the program's name", () => {
  assert.equal(originWords("fox.png", "a1111"), "Made with AUTOMATIC1111, fox.png");
});
