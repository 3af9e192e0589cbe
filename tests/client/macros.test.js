// The macro grammar in the browser, held to the vectors that the server reads too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { parse } from "../../client/static/js/macros.js";

const vectors = JSON.parse(readFileSync(new URL("../prompts/vectors/macros.json", import.meta.url), "utf8"));

/** A vector's text; long ones are written as [piece, times]. */
const textOf = (written = "") =>
  typeof written === "string" ? written : written.map(([piece, times]) => piece.repeat(times)).join("");

const inked = (text, kinds) => kinds.map(({ start, end, kind }) => [kind, text.slice(start, end)]);

for (const vector of vectors) {
  test(vector.about, () => {
    const parsed = parse(textOf(vector.prompt), textOf(vector.negative));
    assert.deepEqual(parsed.error, vector.error ?? null);
    assert.equal(parsed.count, BigInt(vector.count ?? 0));
    if (vector.axes) assert.deepEqual(parsed.axes.map(({ name, options, nested }) => ({ name, options, nested })), vector.axes);
  });

  test(`tokens cover the text: ${vector.about}`, () => {
    const prompt = textOf(vector.prompt);
    const { tokens } = parse(prompt, textOf(vector.negative));
    assert.equal(tokens.map(({ start, end }) => prompt.slice(start, end)).join(""), prompt);
    const kinds = ["brace", "bar", "option", "name", "operator", "error", "plain"];
    assert.ok(tokens.every(({ kind }) => kinds.includes(kind)));
    assert.equal(tokens.some(({ kind }) => kind === "error"), vector.error?.field === "prompt");
  });
}

test("braces, bars and options are told apart", () => {
  const prompt = "a {red|blue} fox";
  assert.deepEqual(inked(prompt, parse(prompt).tokens), [
    ["plain", "a "], ["brace", "{"], ["option", "red"], ["bar", "|"], ["option", "blue"], ["brace", "}"], ["plain", " fox"],
  ]);
});

test("names and operators are told apart", () => {
  const prompt = "{mood: 3::calm|wild} {=mood} {2$$ or $$a|b} {1..5}";
  const runs = inked(prompt, parse(prompt).tokens);
  assert.deepEqual(runs.filter(([kind]) => kind === "name").map(([, text]) => text), ["mood", "mood"]);
  assert.deepEqual(
    runs.filter(([kind]) => kind === "operator").map(([, text]) => text),
    [": 3::", "=", "2$$ or $$", ".."],
  );
});

test("an unclosed brace is wrong from there on, the macros before it keep their ink", () => {
  const prompt = "a {red|blue} fox in {snow|rain";
  const runs = inked(prompt, parse(prompt).tokens);
  assert.deepEqual(runs.at(-1), ["error", "{snow|rain"]);
  assert.ok(runs.some(([kind, text]) => kind === "option" && text === "red"));
});

test("offsets count UTF-16 units", () => {
  const prompt = "🦊 {a|b}";
  assert.deepEqual(parse(prompt).tokens[1], { start: 3, end: 4, kind: "brace" });
});

test("braces that are left alone are plain", () => {
  const prompt = '{"a": 1}';
  assert.deepEqual(inked(prompt, parse(prompt).tokens), [["plain", prompt]]);
});

test("the negative prompt has tokens of its own", () => {
  const { tokens, negativeTokens, error } = parse("{a|b}", "x}{c|d}");
  assert.equal(error.field, "negative");
  assert.ok(tokens.every(({ kind }) => kind !== "error"));
  assert.deepEqual(negativeTokens[1], { start: 1, end: 2, kind: "error" });
});

test("nothing typed makes it throw", () => {
  for (const text of [undefined, null, "\ud83e", "{|".repeat(4000), "}".repeat(9000), "{".repeat(8000), "\\", "{a|{=", "\u0000"]) {
    assert.doesNotThrow(() => parse(text, text));
  }
});

test("a template of 10^30 combinations is counted at once", () => {
  const started = performance.now();
  assert.equal(parse("{0..9}".repeat(30)).count, 10n ** 30n);
  assert.ok(performance.now() - started < 100);
});
