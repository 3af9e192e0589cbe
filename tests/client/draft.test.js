import assert from "node:assert/strict";
import { test } from "node:test";
import { fitSize, ignoredLine, ignoresWords, ratioOf, sizesOf } from "../../client/static/js/capabilities.js";
import { generateBody, preferred, sameDraft } from "../../client/static/js/draft.js";
import { modelFacts } from "../../client/static/js/facts.js";
import { PromptHistory, templatesOf } from "../../client/static/js/prompt-history.js";

const flux = {
  id: "flux", kind: "image", name: "Flux dev", default: true, healthy: true,
  capabilities: { seed: true, negative: false, steps: { min: 1, max: 50, default: 28 }, cfg_scale: null, samplers: [], size: { min: 256, max: 1440, step: 32 } },
};
const choosy = { ...flux, id: "gpt", default: false, capabilities: { ...flux.capabilities, size: { choices: [[1024, 1024], [1536, 1024]] } } };
const film = { id: "s1", name: "Night film", width: 1216, height: 832 };
const room = { workspace: { id: "w" }, models: [flux, choosy], styles: new Map([["s1", film]]) };

test("presets stay inside the model's range and on its steps", () => {
  const sizes = sizesOf(flux);
  assert.ok(sizes.length >= 7);
  for (const { width, height } of sizes) {
    for (const side of [width, height]) assert.ok(side >= 256 && side <= 1440 && side % 32 === 0);
  }
});

test("a model with choices offers just these", () => {
  assert.deepEqual(sizesOf(choosy).map((size) => size.ratio), ["1:1", "3:2"]);
  assert.deepEqual(fitSize(choosy, 1216, 832), { ratio: "3:2", width: 1536, height: 1024 });
});

test("familiar ratios keep their names", () => {
  assert.equal(ratioOf(1216, 832), "3:2");
  assert.equal(ratioOf(1000, 100), "10:1");
});

test("what a model ignores is said in words", () => {
  assert.equal(ignoresWords(flux, "negative"), "Flux dev ignores the negative prompt.");
  assert.equal(ignoresWords(flux, "steps"), "");
  assert.equal(ignoredLine(flux), "ignores the negative prompt and the CFG scale");
});

test("a request carries only what the model reads", () => {
  const draft = { text: "a fox", negative: "blur", settings: { style_ids: ["s1", "gone"], cfg_scale: 5, steps: 20, seed: 0 } };
  assert.deepEqual(generateBody(draft, room), {
    workspace_id: "w", model: "flux", prompt: "a fox", style_ids: ["s1"], width: 1216, height: 832, steps: 20, seed: 0,
  });
});

test("drafts are the same whatever the order and the empties", () => {
  assert.ok(sameDraft({ text: "a", negative: "", settings: { steps: 2, seed: null } }, { text: "a", settings: { steps: 2 } }));
  assert.ok(!sameDraft({ text: "a" }, { text: "b" }));
});

test("history walks back to older prompts and forward to the one being written", () => {
  const history = new PromptHistory();
  const prompts = ["second", "first"];
  assert.equal(history.older(prompts, "now"), "second");
  assert.equal(history.older(prompts, "second"), "first");
  assert.equal(history.older(prompts, "first"), null);
  assert.equal(history.newer(prompts), "second");
  assert.equal(history.newer(prompts), "now");
  assert.equal(history.newer(prompts), null);
});

test("history holds my own prompts, newest first, each once", () => {
  const made = (template, created_at, author_id = "me") => ({ template, created_at, author_id });
  assert.deepEqual(templatesOf("me", [made("a", "1"), made("b", "2"), made("a", "3"), made("c", "4", "you")]), ["a", "b"]);
});

test("a model that does not answer is passed over unless it was chosen", () => {
  const down = { id: "down", default: true, healthy: false };
  const guide = { id: "guide", healthy: true };
  assert.equal(preferred([down, guide], null).id, "guide");
  assert.equal(preferred([down, guide], "down").id, "down");
  assert.equal(preferred([down], "gone").id, "down");
  assert.equal(preferred([{ ...down, healthy: true }, guide], null).id, "down");
  assert.equal(preferred([], null), undefined);
});

test("a price is named where there is one", () => {
  const model = { ...flux, built_in: false };
  assert.match(modelFacts({ ...model, price: 0.04 }), /^\$0\.04 an image/);
  assert.doesNotMatch(modelFacts({ ...model, price: 0 }), /an image/);
});
