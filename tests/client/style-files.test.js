// Style files of other programs, as people bring them.

import assert from "node:assert/strict";
import test from "node:test";

import { insideWords, newAmong, readStyles } from "../../client/static/js/style-files.js";

const file = (text, name = "styles.csv") => new File([text], name);
const csv = (...rows) => file(["name,prompt,negative_prompt", ...rows].join("\r\n"));
const refused = (brought, words) => assert.rejects(readStyles(brought), { message: words });

test("a styles.csv is read with commas, quotation marks and lines inside its fields", async () => {
  const { styles, unusable } = await readStyles(
    csv('Night,"still, {prompt}, ""neon""\nrain","day, sun"', "Ink,ink drawing,", "Calm,,noise", ""),
  );
  assert.deepEqual(styles, [
    { name: "Night", positive: 'still, {prompt}, "neon"\nrain', negative: "day, sun" },
    { name: "Ink", positive: "ink drawing", negative: "" },
    { name: "Calm", positive: "", negative: "noise" },
  ]);
  assert.equal(unusable, 0);
});

test("an older styles.csv, with a mark at its start and the prompt called text, is read too", async () => {
  const { styles } = await readStyles(file("\uFEFFName,text\nInk,ink drawing\n"));
  assert.deepEqual(styles, [{ name: "Ink", positive: "ink drawing", negative: "" }]);
});

test("InvokeAI's export and the presets it comes with are read", async () => {
  const rows = [
    { name: " Film ", prompt: "{prompt}, film", negative_prompt: "flat" },
    { name: "Ink", type: "default", preset_data: { positive_prompt: "ink", negative_prompt: "" } },
    { name: "Deep", positive_prompt: "deep" },
    "no style",
    null,
  ];
  const { styles } = await readStyles(file(JSON.stringify(rows), "presets.json"));
  assert.deepEqual(
    styles.map(({ name, positive, negative }) => [name, positive, negative]),
    [
      ["Film", "{prompt}, film", "flat"],
      ["Ink", "ink", ""],
      ["Deep", "deep", ""],
    ],
  );
});

test("headings without a prompt are no styles, the last of a name counts, and what cannot be kept is counted", async () => {
  const unusable = [",nameless,", `${"n".repeat(81)},long,`, `Wide,${"w".repeat(8001)},`];
  const found = await readStyles(csv("--- Mine ---,,", "Ink,old,", "INK,new,", ...unusable));
  assert.deepEqual(found, { styles: [{ name: "INK", positive: "new", negative: "" }], unusable: 3 });
});

test("what is new is told from what is here by its name", async () => {
  const found = await readStyles(csv("Ink,ink,", "Film,film,", "Oil,oil,"));
  const fresh = newAmong(found.styles, [{ name: "INK" }, { name: "Other" }]);
  assert.deepEqual(fresh.map(({ name }) => name), ["Film", "Oil"]);
  assert.equal(insideWords(found, fresh.length), "3 styles, 1 already here");
  assert.equal(insideWords({ styles: [{}], unusable: 2 }, 1), "1 style, 2 left out: no name, or too long");
});

test("a file that is broken, strange, empty or too large is refused in plain words", async () => {
  await refused(csv("Ink,ink,", 'Film,"never closed,'), "A quotation mark in line 3 of styles.csv is out of place.");
  await refused(csv('Ink,"ink" drawing,'), "A quotation mark in line 2 of styles.csv is out of place.");
  const columns = "The first line of styles.csv does not name its columns: name, prompt, negative_prompt.";
  await refused(file("Ink,ink drawing"), columns);
  await refused(file(""), columns);
  await refused(csv(), "There are no styles in styles.csv.");
  await refused(file('[{"name": "Ink"', "ink.json"), "ink.json cannot be read: its JSON is broken.");
  await refused(file('{"name": "Ink"}', "ink.json"), "There is no list of styles in ink.json.");
  const picture = new File([new Uint8Array([0x89, 0x50, 0xff])], "fox.png");
  await refused(picture, "fox.png is not a style file. Choose a styles.csv, or a .json with styles.");
  await refused(file("x".repeat(1_000_001)), "styles.csv is larger than 1 MB.");
  const many = Array.from({ length: 201 }, (_, at) => `S${at},s,`);
  await refused(csv(...many), "There are 201 styles in styles.csv. 200 can come at once.");
});
