import assert from "node:assert/strict";
import test from "node:test";
import { Pages } from "../../client/static/js/pages.js";
import { batches, neighbour, progressOf, usualSeconds } from "../../client/static/js/pictures.js";
import { BEN, event, generation, image, ME, room } from "./room.js";

const day = (n) => `2026-01-0${n}T00:00:00Z`;

test("batches stand newest first and their images in order", () => {
  const { state } = room({
    generations: [generation("g-1", { created_at: day(1) }), generation("g-2", { created_at: day(2) })],
    images: [image("a", { index: 1 }), image("b"), image("c", { generation_id: "g-2" })],
  });
  assert.deepEqual(
    batches(state).map(({ generation, images }) => [generation.id, images.map(({ id }) => id)]),
    [
      ["g-2", ["c"]],
      ["g-1", ["b", "a"]],
    ],
  );
});

test("filters leave out images, and batches without any", () => {
  const { state } = room({
    images: [
      image("a", { starred_by: [ME] }),
      image("b", { author_id: BEN, starred_by: [BEN] }),
      image("c", { generation_id: "g-2", prompt: "a Tram" }),
    ],
  });
  const left = (filter) =>
    batches(state, filter)
      .flatMap(({ images }) => images.map(({ id }) => id))
      .sort();
  assert.deepEqual(left({ show: "starred", words: "" }), ["a"]);
  assert.deepEqual(left({ show: "mine", words: "" }), ["a", "c"]);
  assert.deepEqual(left({ show: "all", words: "tram" }), ["c"]);
});

test("an image of an unknown generation still stands in a batch", () => {
  const { state } = room({ images: [image("a", { generation_id: "g-9", prompt: "an old harbour" })] });
  assert.equal(batches(state)[0].generation.template, "an old harbour");
});

test("walking an axis finds the sibling with one value changed", () => {
  const fox = (id, color, sky) => image(id, { assignment: { 1: color, 2: sky } });
  const images = [fox("a", "red", "rain"), fox("b", "blue", "rain"), fox("c", "blue", "snow")];
  assert.equal(neighbour(images, images[0], "1", "blue").id, "b");
  assert.equal(neighbour(images, images[0], "2", "snow"), undefined);
});

test("the usual time is the median of what was made here", () => {
  const took = (id, seconds) =>
    image(id, {
      status: "ready",
      started_at: day(1),
      finished_at: new Date(Date.parse(day(1)) + seconds * 1000).toISOString(),
    });
  const { state } = room({ images: [took("a", 2), took("b", 90), took("c", 4)] });
  assert.equal(usualSeconds(state, "sketch"), 4);
  assert.equal(usualSeconds(state, "flux"), null);
});

test("an older page never overwrites what events brought, nor brings back what was deleted meanwhile", async () => {
  const { store, state } = room({ images: [image("a", { status: "ready" })], images_total: 3 });
  const asked = [];
  const api = {
    get: async (path) => {
      asked.push(path);
      store.apply(event(11, "image.deleted", { id: "b" }));
      return {
        items: [image("a"), image("b"), image("c")],
        next: null,
        generations: [generation("g-1", { template: "a {b|c}" })],
      };
    },
  };
  const pages = new Pages({ store, api });
  const all = { show: "all", words: "" };
  assert.equal(pages.atEnd(all), false);
  await pages.more(all);
  assert.equal(state.images.get("a").status, "ready");
  assert.deepEqual([...state.images.keys()], ["a", "c"]);
  assert.equal(state.generations.get("g-1").template, "a {b|c}");
  assert.equal(pages.atEnd(all), true);
  assert.deepEqual(asked, ["/api/workspaces/w-1/images?limit=60"]);
});

test("a model that reports its progress stands at nothing until it does, another is guessed", () => {
  const models = [
    { id: "sketch", capabilities: { progress: true } },
    { id: "dall-e", capabilities: { progress: false } },
  ];
  const state = { models, progress: new Map([["i-2", { fraction: 0.5 }]]) };
  assert.deepEqual(progressOf(state, { id: "i-1", model: "sketch" }), { fraction: 0 });
  assert.deepEqual(progressOf(state, { id: "i-2", model: "sketch" }), { fraction: 0.5 });
  assert.equal(progressOf(state, { id: "i-1", model: "dall-e" }), undefined);
});
