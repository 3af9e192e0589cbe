import assert from "node:assert/strict";
import test from "node:test";
import { EVENTS } from "../../client/static/js/protocol.js";
import { ephemeral, reducers, textSoFar } from "../../client/static/js/reducers.js";
import { BEN, event, generation, image, ME, member, message, room, snapshot } from "./room.js";

test("every durable event has a reducer, and no reducer is without an event", () => {
  assert.deepEqual(Object.keys(reducers).sort(), Object.keys(EVENTS).sort());
});

const HISTORY = [
  event(11, "generation.created", {
    generation: generation("g-1"),
    images: [image("i-1"), image("i-2", { index: 1 })],
  }),
  event(12, "image.updated", { image: image("i-1", { status: "running" }) }),
  event(13, "image.updated", { image: image("i-1", { status: "ready" }) }),
  event(14, "image.deleted", { id: "i-2" }),
  event(15, "image.restored", { image: image("i-2", { index: 1 }) }),
  event(16, "message.created", { message: message("m-1") }),
  event(17, "message.created", { message: message("m-2", { role: "assistant", status: "streaming", content: "" }) }),
  event(18, "message.updated", { message: message("m-2", { role: "assistant", content: "hi" }) }),
  event(19, "message.deleted", { id: "m-1" }),
  event(20, "member.added", { member: member(BEN) }),
  event(21, "member.updated", { member: member(BEN, { role: "viewer" }) }),
  event(22, "style.saved", { style: { id: "s-1", name: "Night film" } }),
  event(23, "style.saved", { style: { id: "s-2", name: "Ink" } }),
  event(24, "style.deleted", { id: "s-2" }),
  event(25, "theme.saved", { theme: { id: "t-1", name: "Quiet city" } }),
  event(26, "theme.saved", { theme: { id: "t-2", name: "North" } }),
  event(27, "theme.deleted", { id: "t-2" }),
  event(28, "workspace.updated", { workspace: { id: "w-1", name: "Rain" } }),
  event(29, "image.deleted", { id: "i-2" }),
  event(30, "member.removed", { user_id: BEN }),
];

test("state built from events equals state fetched afresh", () => {
  const { store, state } = room();
  for (const envelope of HISTORY) store.apply(envelope);
  const fresh = room({
    seq: 30,
    workspace: { id: "w-1", name: "Rain" },
    generations: [generation("g-1")],
    images: [image("i-1", { status: "ready" })],
    images_total: 1,
    messages: [message("m-2", { role: "assistant", content: "hi" })],
    styles: [{ id: "s-1", name: "Night film" }],
    themes: [{ id: "t-1", name: "Quiet city" }],
    members: [member(ME)],
  }).state;
  assert.deepEqual(state, fresh);
});

test("the created batch replaces its pending tiles", () => {
  const { store, state } = room();
  state.images.set("g-1:0", image("g-1:0", { pending: true }));
  state.images.set("g-2:0", image("g-2:0", { generation_id: "g-2", pending: true }));
  store.apply(event(11, "generation.created", { generation: generation("g-1"), images: [image("i-1")] }));
  assert.deepEqual([...state.images.keys()].sort(), ["g-2:0", "i-1"]);
});

test("progress is taken only for a running image and never for an earlier attempt", () => {
  const { state } = room({
    images: [image("i-1", { status: "running", attempt: 2 }), image("i-2", { status: "ready" })],
  });
  const progress = (image_id, attempt, fraction) => ephemeral["image.progress"](state, { image_id, attempt, fraction });
  progress("i-1", 1, 0.9);
  progress("i-2", 1, 0.9);
  progress("nobody", 1, 0.9);
  assert.equal(state.progress.size, 0);
  progress("i-1", 2, 0.4);
  progress("i-1", 2, 0.2);
  assert.equal(state.progress.get("i-1").fraction, 0.4);
});

test("a preview stays until the next one", () => {
  const { state } = room({ images: [image("i-1", { status: "running" })] });
  ephemeral["image.progress"](state, { image_id: "i-1", attempt: 1, fraction: 0.2, preview: "data:a" });
  ephemeral["image.progress"](state, { image_id: "i-1", attempt: 1, fraction: 0.3 });
  assert.equal(state.progress.get("i-1").preview, "data:a");
});

test("progress ends with the image", () => {
  const { store, state } = room({ images: [image("i-1", { status: "running" })] });
  ephemeral["image.progress"](state, { image_id: "i-1", attempt: 1, fraction: 0.5 });
  store.apply(event(11, "image.updated", { image: image("i-1", { status: "ready" }) }));
  assert.equal(state.progress.size, 0);
});

const streaming = (attempt = 1) =>
  room({ messages: [message("m-1", { role: "assistant", status: "streaming", content: "", attempt })] }).state;
const delta = (state, attempt, offset, text) =>
  ephemeral["message.delta"](state, { message_id: "m-1", attempt, offset, text });

test("deltas append by offset, repeats are dropped and a gap asks for the text", () => {
  const state = streaming();
  delta(state, 1, 0, "Then ");
  delta(state, 1, 5, "the 🌧");
  delta(state, 1, 0, "Then ");
  assert.equal(state.streams.get("m-1").text, "Then the 🌧");
  assert.equal(delta(state, 1, 20, "x"), null);
  assert.equal(state.streams.get("m-1").text, "Then the 🌧");
});

test("a new attempt starts the text afresh and an earlier one is ignored", () => {
  const state = streaming(2);
  delta(state, 1, 0, "old");
  assert.equal(state.streams.size, 0);
  delta(state, 2, 0, "new");
  delta(state, 1, 3, "old");
  assert.deepEqual(state.streams.get("m-1"), { attempt: 2, text: "new" });
});

test("a late delta does not wake a finished reply", () => {
  const { store, state } = room({
    messages: [message("m-1", { role: "assistant", status: "streaming", content: "" })],
  });
  delta(state, 1, 0, "hi");
  store.apply(event(11, "message.updated", { message: message("m-1", { role: "assistant", content: "hi" }) }));
  delta(state, 1, 2, " there");
  assert.equal(state.streams.size, 0);
});

test("the text so far never takes back what is already here", () => {
  const state = streaming();
  delta(state, 1, 0, "Then the light");
  textSoFar(state, { message_id: "m-1", attempt: 1, text: "Then" });
  assert.equal(state.streams.get("m-1").text, "Then the light");
  textSoFar(state, { message_id: "m-1", attempt: 1, text: "Then the light has" });
  assert.equal(state.streams.get("m-1").text, "Then the light has");
});

test("presence is absolute", () => {
  const { state } = room();
  ephemeral.presence(state, { members: [{ user_id: ME }, { user_id: BEN }] });
  ephemeral.presence(state, { members: [{ user_id: BEN }] });
  assert.deepEqual(state.presence, [{ user_id: BEN }]);
});

test("being removed ends the room, and so does its deletion", () => {
  const removed = room(),
    deleted = room();
  removed.store.apply(event(11, "member.removed", { user_id: ME }));
  deleted.store.apply(event(11, "workspace.deleted", { id: "w-1" }));
  assert.equal(removed.state.ended, "removed");
  assert.equal(deleted.state.ended, "deleted");
});

test("a snapshot drops progress and streams that are over", () => {
  const { store, state } = room({ images: [image("i-1", { status: "running" })] });
  ephemeral["image.progress"](state, { image_id: "i-1", attempt: 1, fraction: 0.5 });
  delta(state, 1, 0, "hi");
  store.load(snapshot({ images: [image("i-1", { status: "ready" })], messages: [message("m-1")] }));
  assert.equal(state.progress.size + state.streams.size, 0);
});
