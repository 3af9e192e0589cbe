import assert from "node:assert/strict";
import test from "node:test";
import { Api, ApiError } from "../../client/static/js/api.js";
import { Commands } from "../../client/static/js/commands.js";
import { event, generation, image, message, room } from "./room.js";

/** Commands over a fetch that gives the answers in turn and notes the requests. */
function commandsOf(answers, store = room().store) {
  const requests = [];
  const fetch = async (path, options) => {
    requests.push({
      path,
      method: options.method,
      headers: options.headers,
      body: options.body && JSON.parse(options.body),
    });
    const { status, body } = answers.shift();
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  };
  const api = new Api({ csrf: "one", fetch, pauses: [0, 0] });
  return { commands: new Commands({ store, api, newId: () => "g-1" }), api, requests, state: store.state, store };
}

const refused = {
  status: 422,
  body: { error: { code: "invalid", message: "Add a closing }", field: "prompt", line: 1, column: 4 } },
};

test("generate shows its tiles at once and the event replaces them", async () => {
  const { commands, requests, state, store } = commandsOf([{ status: 202, body: {} }]);
  const answer = commands.generate({ model: "sketch", prompt: "a {red|blue} fox" }, 6);
  assert.deepEqual(
    [...state.images.values()].map(({ index, status }) => [index, status]),
    [0, 1, 2, 3, 4, 5].map((k) => [k, "queued"]),
  );
  assert.equal(state.pending.get("g-1"), "generation");
  await answer;
  assert.equal(requests[0].body.id, "g-1");
  assert.equal(requests[0].body.workspace_id, "w-1");
  store.apply(event(11, "generation.created", { generation: generation("g-1"), images: [image("i-1")] }));
  assert.deepEqual([...state.images.keys()], ["i-1"]);
  assert.equal(state.pending.size, 0);
});

test("a refused batch leaves no tile and says where the fault lies", async () => {
  const { commands, state } = commandsOf([refused]);
  await assert.rejects(commands.generate({ prompt: "a {b" }), (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual(
      [error.status, error.code, error.field, error.line, error.column],
      [422, "invalid", "prompt", 1, 4],
    );
    return true;
  });
  assert.equal(state.images.size + state.generations.size + state.pending.size, 0);
});

test("a refusal after the event leaves the real batch alone", async () => {
  const { commands, state, store } = commandsOf([refused]);
  const answer = commands.generate({ prompt: "a fox" });
  store.apply(event(11, "generation.created", { generation: generation("g-1"), images: [image("i-1")] }));
  await assert.rejects(answer);
  assert.deepEqual([...state.images.keys()], ["i-1"]);
});

test("a message stands in the chat until its event, and goes when refused", async () => {
  const { commands, state, store } = commandsOf([{ status: 202, body: {} }, refused]);
  await commands.sendMessage({ content: "hello" });
  assert.ok(state.messages.get("g-1").pending);
  store.apply(event(11, "message.created", { message: message("g-1") }));
  assert.equal(state.messages.get("g-1").pending, undefined);
  state.messages.clear();
  await assert.rejects(commands.sendMessage({ content: "hello" }));
  assert.equal(state.messages.size, 0);
});

test("a stale CSRF token is fetched again once", async () => {
  const stale = { status: 400, body: { error: { code: "csrf_failed", message: "Reload the page." } } };
  const { commands, requests } = commandsOf([stale, { status: 200, body: { csrf_token: "two" } }, { status: 204 }]);
  await commands.deleteImage("i-1");
  assert.deepEqual(
    requests.map(({ method, path }) => `${method} ${path}`),
    ["DELETE /api/images/i-1", "GET /api/session", "DELETE /api/images/i-1"],
  );
  assert.equal(requests[2].headers["X-CSRFToken"], "two");
});

test("saving counts what is under way", async () => {
  const { commands, state } = commandsOf([{ status: 200, body: {} }]);
  const answer = commands.renameWorkspace("Rain");
  assert.equal(state.saving, 1);
  await answer;
  assert.equal(state.saving, 0);
});

test("a create is repeated with its id while the server cannot be reached, a bare post is not", async () => {
  let calls = 0;
  const fetch = async () => {
    calls += 1;
    throw new TypeError("network");
  };
  const api = new Api({ fetch, pauses: [0, 0] });
  await assert.rejects(api.post("/api/generate", { id: "g-1" }), { status: 0, code: "unreachable" });
  assert.equal(calls, 3);
  await assert.rejects(api.post("/api/images/i-1/retry"), { status: 0 });
  assert.equal(calls, 4);
});
