// What a picture is outside the window.

import assert from "node:assert/strict";
import test from "node:test";

import { addressOf, downloadUrl, draggedFile } from "../../client/static/js/picture-file.js";

const id = "0190a1b2-0000-7000-8000-00000000c0de";
const image = { id, original_url: `/media/${id}/original` };

test("a saved picture carries its recipe", () => {
  assert.equal(downloadUrl(image), `/media/${id}/download?metadata=1`);
});

test("a dragged picture is a named PNG with its recipe, and an address that can be opened", () => {
  const address = `http://emulsion.test:8000/media/${id}/download?metadata=1&format=png`;
  assert.equal(draggedFile(image, "http://emulsion.test:8000"), `image/png:emulsion-0000c0de.png:${address}`);
  assert.equal(addressOf(image, "http://emulsion.test:8000"), `http://emulsion.test:8000/media/${id}/original`);
});
