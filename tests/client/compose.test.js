// The final prompt in the browser, held to the vectors that the server reads too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { compose } from "../../client/static/js/compose.js";

const vectors = JSON.parse(readFileSync(new URL("../prompts/vectors/compose.json", import.meta.url), "utf8"));

for (const { about, prompt, negative, theme, styles, final } of vectors) {
  test(about, () => assert.deepEqual(compose({ theme: { base_prompt: theme }, prompt, negative, styles }), final));
}
