// What a tab must fetch before the room can be used.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const CLIENT = resolve(import.meta.dirname, "../../client");
const SCRIPTS = join(CLIENT, "static/js");
const MOST = 130_000;
const IMPORTED = /^(?:import|export)\s(?:[^;]*?\sfrom\s+)?"([^"]+)"/gm;

/** Vendors lie beside `static` on the disk and inside it on the wire. */
const onDisk = (path) => (existsSync(path) ? path : path.replace("/static/vendor/", "/vendor/"));
const read = (path) => readFileSync(path, "utf8");

function walk(path, found = new Map()) {
  if (found.has(path)) return found;
  found.set(path, gzipSync(read(path), { level: 9 }).length);
  for (const [, name] of read(path).matchAll(IMPORTED)) walk(onDisk(join(dirname(path), name)), found);
  return found;
}

/** The views that a module fetches when it runs, named in a list there. */
function views(path) {
  const [, list] = read(path).match(/\[\s*((?:"[a-z-]+",?\s*)+)\]\s*(?:;|\.map\(\(name\) => import)/);
  return [...list.matchAll(/"([a-z-]+)"/g)].map(([, name]) => join(SCRIPTS, "views", `${name}.js`));
}

/** Of a room in which somebody has talked with the assistant: its replies fetch how Markdown is shown. */
function firstLoad() {
  const found = walk(join(SCRIPTS, "main.js"));
  for (const path of [...views(join(SCRIPTS, "main.js")), ...views(join(SCRIPTS, "views/panel.js"))]) walk(path, found);
  return walk(join(SCRIPTS, "markdown.js"), found);
}

test("a room is usable after 130 kB of script, vendors included", () => {
  const found = firstLoad();
  const total = [...found.values()].reduce((sum, size) => sum + size, 0);
  assert.ok(found.size > 60, "the list of views was not read");
  assert.ok(total <= MOST, `${total} bytes in ${found.size} files`);
});

test("what few need at once is not among it", () => {
  const names = [...firstLoad().keys()].map((path) => path.split("/").at(-1));
  for (const late of ["panzoom.min.js", "lightbox.js", "styles-dialog.js", "command-palette.js"])
    assert.ok(!names.includes(late), late);
});
