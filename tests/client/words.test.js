import assert from "node:assert/strict";
import test from "node:test";
import { ago, moment, ordinal } from "../../client/static/js/timing.js";
import * as words from "../../client/static/js/words.js";
import { image } from "./room.js";

const NOW = Date.parse("2026-01-01T12:00:00Z");
const before = (seconds) => new Date(NOW - seconds * 1000).toISOString();
const batch = (...states) => states.map((status, index) => image(`i-${index}`, { index, status }));

test("a failure says what failed, why and what to do", () => {
  assert.deepEqual(words.failure({ kind: "timeout", message: "Provider timed out" }), {
    head: "Provider timed out",
    edit: false,
    body: "",
  });
  const declined = words.failure({ kind: "moderated", message: "Shows a brand." });
  assert.deepEqual(
    [declined.edit, declined.body],
    [true, "Shows a brand. Edit it and try again."],
  );
  assert.equal(words.failure(null).head, "This image failed");
});

test("a queued tile knows its place", () => {
  assert.equal(words.waiting(image("i"), { position: 3 }), "Queued, 3rd");
  assert.equal(words.waiting(image("i"), undefined), "Queued");
});

test("a running tile says how long, and when that is unusual", () => {
  const running = image("i", { status: "running", started_at: before(9) });
  assert.equal(words.rendering(running, { fraction: 0.2 }, 8, NOW), "Rendering, 9 s");
  assert.equal(words.rendering(running, null, 4, NOW), "Taking longer than usual, 9 s");
});

test("without steps the ring eases towards 95", () => {
  const running = (seconds) => image("i", { status: "running", started_at: before(seconds) });
  assert.equal(words.percent(running(1), { fraction: 0.62 }, 8, NOW), 62);
  assert.ok(words.percent(running(8), null, 8, NOW) > 75);
  assert.equal(words.percent(running(800), null, 8, NOW), 95);
});

test("a batch counts while it runs and is silent when done", () => {
  assert.deepEqual(words.batchState(batch("ready", "running", "queued")), { strong: "1 of 3", rest: "ready" });
  assert.equal(words.batchState(batch("ready", "failed")), null);
  assert.equal(words.batchNews(batch("queued", "queued")), "Batch of 2 started");
  assert.equal(words.batchNews(batch("ready", "failed", "running")), "1 of 3 ready, 1 failed");
  assert.equal(words.batchNews(batch("ready", "failed")), "Batch finished, 1 failed");
});

test("what was ignored is said in words", () => {
  assert.equal(words.ignoredWords([]), "");
  assert.equal(words.ignoredWords(["negative"]), "ignored the negative");
  assert.equal(words.ignoredWords(["negative", "steps", "cfg_scale"]), "ignored the negative, steps and CFG");
});

test("time and numbers read as people say them", () => {
  assert.deepEqual(
    [before(5), before(500), before(7300), before(180000)].map((at) => ago(at, NOW)),
    ["now", "8 min", "2 h", "2 d"],
  );
  assert.deepEqual([1, 2, 3, 11, 22, 113].map(ordinal), ["1st", "2nd", "3rd", "11th", "22nd", "113th"]);
  assert.match(moment(before(60), new Date(NOW)), /^today, \d\d:\d\d$/);
  assert.equal(words.grouped(2719044318), "2 719 044 318");
  assert.equal(words.size(1912345), "1.9 MB");
});
