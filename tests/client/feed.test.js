import assert from "node:assert/strict";
import test from "node:test";
import { Feed } from "../../client/static/js/feed.js";
import { Store } from "../../client/static/js/store.js";
import { event, generation, image, ROOM, room, snapshot } from "./room.js";

const named = (seq) => event(seq, "workspace.updated", { workspace: { id: ROOM, name: `name ${seq}` } });
const nothingNew = (seq) => ({ seq, epoch: "e1", snapshot: null, events: [], presence: [], streams: [] });

/** A feed whose server answers what it is told to; `asked` holds the calls. */
function feedOf(store, answers) {
  const asked = [];
  const ask = async (name, data) => {
    asked.push({ name, ...data });
    const answer = answers.shift();
    return typeof answer === "function" ? answer() : answer;
  };
  return { feed: new Feed({ store, workspaceId: ROOM, ask }), asked };
}

test("the first join loads the snapshot and the second asks only for what came since", async () => {
  const store = new Store(() => {});
  const { feed, asked } = feedOf(store, [
    { ...nothingNew(10), snapshot: snapshot() },
    { ...nothingNew(12), events: [named(11), named(12)] },
  ]);
  await feed.join();
  await feed.join();
  assert.deepEqual(
    asked.map(({ since, epoch }) => [since, epoch]),
    [
      [null, null],
      [10, "e1"],
    ],
  );
  assert.equal(store.state.workspace.name, "name 12");
});

test("events that arrive while joining are held and then applied once, in order", async () => {
  const { store, state } = room();
  const seen = [];
  store.follow(({ seq }) => seen.push(seq));
  let answer;
  const { feed } = feedOf(store, [() => new Promise((done) => (answer = done))]);
  const joined = feed.join();
  feed.receive(named(13));
  feed.receive(named(12));
  assert.equal(state.seq, 10);
  answer({ ...nothingNew(12), events: [named(11), named(12)] });
  await joined;
  assert.deepEqual(seen, [11, 12, 13]);
});

test("what is not newer is dropped", () => {
  const { store, state } = room();
  const { feed, asked } = feedOf(store, []);
  feed.receive(named(10));
  feed.receive(named(3));
  assert.equal(state.workspace.name, "Moss study");
  assert.equal(asked.length, 0);
});

test("events out of order within a moment need no question", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { store, state } = room();
  const { feed, asked } = feedOf(store, []);
  feed.receive(named(12));
  t.mock.timers.tick(150);
  feed.receive(named(11));
  t.mock.timers.tick(1000);
  assert.equal(state.seq, 12);
  assert.equal(asked.length, 0);
});

test("a jump that stays is healed by joining again", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { store, state } = room();
  const { feed, asked } = feedOf(store, [{ ...nothingNew(12), events: [named(11), named(12)] }]);
  feed.receive(named(12));
  t.mock.timers.tick(199);
  assert.equal(asked.length, 0);
  t.mock.timers.tick(1);
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(asked[0].since, 10);
  assert.equal(state.seq, 12);
});

test("what a head announced is still awaited when only a part of it comes", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { store } = room();
  const { feed, asked } = feedOf(store, [nothingNew(12)]);
  feed.head({ workspace_id: ROOM, seq: 12, epoch: "e1" });
  feed.receive(named(11));
  t.mock.timers.tick(200);
  assert.deepEqual(
    asked.map(({ since }) => since),
    [11],
  );
});

test("a second jump is healed though the first one closed by itself", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { store } = room();
  const { feed, asked } = feedOf(store, [nothingNew(14)]);
  feed.receive(named(12));
  feed.receive(named(14));
  feed.receive(named(11));
  t.mock.timers.tick(400);
  assert.deepEqual(
    asked.map(({ since }) => since),
    [12],
  );
});

test("a head beyond what is known, or of another epoch, joins again", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { store } = room();
  const { feed, asked } = feedOf(store, [nothingNew(11), nothingNew(11)]);
  feed.head({ workspace_id: ROOM, seq: 10, epoch: "e1" });
  t.mock.timers.tick(300);
  assert.equal(asked.length, 0);
  feed.head({ workspace_id: ROOM, seq: 11, epoch: "e1" });
  t.mock.timers.tick(300);
  assert.equal(asked.length, 1);
  await Promise.resolve();
  await Promise.resolve();
  feed.head({ workspace_id: ROOM, seq: 11, epoch: "e2" });
  assert.equal(asked.length, 2);
});

test("a snapshot of another epoch replaces the state even when its seq is lower", async () => {
  const { store, state } = room({ generations: [generation("g-1")], images: [image("i-1")] });
  const { feed } = feedOf(store, [{ ...nothingNew(4), epoch: "e2", snapshot: snapshot() }]);
  await feed.join();
  assert.deepEqual([state.seq, state.epoch, state.images.size], [4, "e2", 0]);
});

test("an answer to a join of a broken connection is ignored", async () => {
  const { store, state } = room();
  let late;
  const { feed } = feedOf(store, [() => new Promise((done) => (late = done)), nothingNew(10)]);
  const first = feed.join();
  feed.pause();
  await feed.join();
  late({ ...nothingNew(11), events: [named(11)] });
  await first;
  assert.equal(state.seq, 10);
});

test("a refusal that may pass is asked again, a final one is not", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { store, state } = room();
  const busy = { error: { code: "unavailable" } },
    gone = { error: { code: "not_found" } };
  const { feed, asked } = feedOf(store, [busy, { ...nothingNew(11), events: [named(11)] }, gone]);
  feed.onRefused = ({ code }) => code === "not_found";
  await feed.join();
  t.mock.timers.tick(1000);
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(state.seq, 11);
  await feed.join();
  t.mock.timers.tick(60_000);
  assert.equal(asked.length, 3);
});

test("events of another workspace are not ours", () => {
  const { store, state } = room();
  feedOf(store, []).feed.receive({ ...named(11), workspace_id: "w-2" });
  assert.equal(state.seq, 10);
});

test("the texts of replies under way come with the join", async () => {
  const { store, state } = room();
  const { feed } = feedOf(store, [{ ...nothingNew(10), streams: [{ message_id: "m-1", attempt: 1, text: "Then" }] }]);
  await feed.join();
  assert.equal(state.streams.get("m-1").text, "Then");
});
