import assert from "node:assert/strict";
import { test } from "node:test";
import { wantsClosing } from "../../client/static/js/brace-offer.js";

const at = (marked) => wantsClosing(marked.replace("^", ""), marked.indexOf("^"));

test("an open brace before the caret wants its closing one", () => {
  assert.ok(at("a {^"));
  assert.ok(at("a {red|blue^ fox"));
  assert.ok(at("a {red|{dark|light}^"));
});

test("nothing is offered where nothing is open", () => {
  assert.ok(!at("a ^{red|blue"));
  assert.ok(!at("a {red|^blue} fox"));
  assert.ok(!at("a \\{red^"));
  assert.ok(!at("a fox}^"));
});
