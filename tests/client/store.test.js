import assert from "node:assert/strict";
import test from "node:test";
import { event, generation, image, message, room, snapshot } from "./room.js";

test("watchers hear of many changes once a frame, and only of their topics", () => {
  const { store, frame } = room();
  const heard = [];
  store.watch(["images", "image:i-1"], (_, topics) => heard.push([...topics].sort()));
  store.watch(["styles"], () => heard.push("styles"));
  frame();
  heard.length = 0;
  store.apply(event(11, "generation.created", { generation: generation("g-1"), images: [image("i-1")] }));
  store.apply(event(12, "image.updated", { image: image("i-1", { status: "running" }) }));
  assert.deepEqual(heard, []);
  frame();
  assert.deepEqual(heard, [["image:i-1", "images"]]);
});

test("whoever comes after the snapshot is told once what is there", () => {
  const { store, frame } = room();
  const heard = [];
  store.watch(["workspace"], (state) => heard.push(state.workspace.name));
  frame();
  frame();
  assert.deepEqual(heard, ["Moss study"]);
});

test("a watcher that left hears nothing", () => {
  const { store, frame } = room();
  const leave = store.watch(["queue"], () => assert.fail("it left"));
  store.change(["queue"], (state) => (state.queue = { mine: 1, all: 1 }));
  leave();
  frame();
});

test("a snapshot wakes every watcher", () => {
  const { store, frame } = room();
  const heard = [];
  store.watch(["image:i-9", "workspace"], (_, topics) => heard.push(topics.size));
  store.load(snapshot({ seq: 20 }));
  frame();
  assert.deepEqual(heard, [2]);
});

test("a snapshot keeps what is still being created", () => {
  const { store, state } = room();
  store.change([], () => {
    state.generations.set("g-mine", generation("g-mine", { pending: true }));
    state.images.set("g-mine:0", image("g-mine:0", { generation_id: "g-mine", pending: true }));
    state.messages.set("m-mine", message("m-mine", { pending: true }));
    state.pending.set("g-mine", "generation").set("m-mine", "message");
  });
  store.load(snapshot({ seq: 11, messages: [message("m-mine")] }));
  assert.ok(state.images.get("g-mine:0").pending);
  assert.equal(state.messages.get("m-mine").pending, undefined);
  assert.deepEqual([...state.pending.keys()], ["g-mine"]);
});

test("a snapshot with the created batch replaces its pending tiles", () => {
  const { store, state } = room();
  state.generations.set("g-1", generation("g-1", { pending: true }));
  state.images.set("g-1:0", image("g-1:0", { pending: true }));
  store.load(snapshot({ generations: [generation("g-1")], images: [image("i-1")] }));
  assert.deepEqual([...state.images.keys()], ["i-1"]);
});

test("followers see each event with its actor", () => {
  const { store } = room({ generations: [generation("g-1")], images: [image("i-1")] });
  const seen = [];
  store.follow(({ type, actor_id }) => seen.push([type, actor_id]));
  store.apply(event(11, "image.deleted", { id: "i-1" }, "u-ben"));
  assert.deepEqual(seen, [["image.deleted", "u-ben"]]);
});

test("an event of an unknown type only moves the place in the order", () => {
  const { store, state } = room();
  store.apply(event(11, "something.new", {}));
  assert.equal(state.seq, 11);
});
