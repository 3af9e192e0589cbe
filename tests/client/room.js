// A small room to test with: a snapshot, entities, and a store whose frames run when asked.

import { Store } from "../../client/static/js/store.js";

export const ME = "u-mira",
  BEN = "u-ben",
  ROOM = "w-1";

export const image = (id, more = {}) => ({
  id,
  workspace_id: ROOM,
  generation_id: "g-1",
  index: 0,
  author_id: ME,
  status: "queued",
  attempt: 1,
  prompt: "a fox",
  negative: "",
  assignment: {},
  model: "sketch",
  seed: 1,
  width: 512,
  height: 512,
  ignored: [],
  error: null,
  original_url: null,
  thumbs: {},
  thumbhash: null,
  starred_by: [],
  tags: [],
  created_at: "2026-01-01T00:00:00Z",
  ...more,
});

export const generation = (id, more = {}) => ({
  id,
  workspace_id: ROOM,
  author_id: ME,
  template: "a fox",
  negative: "",
  model: "sketch",
  styles: [],
  settings: {},
  axes: [],
  count: 1,
  proposal_id: null,
  parent_id: null,
  created_at: "2026-01-01T00:00:00Z",
  ...more,
});

export const message = (id, more = {}) => ({
  id,
  workspace_id: ROOM,
  author_id: ME,
  role: "user",
  status: "complete",
  attempt: 1,
  content: "hello",
  image_ids: [],
  proposals: [],
  ...more,
});

export const member = (user_id, more = {}) => ({ user_id, name: user_id, color: 1, role: "editor", ...more });

export const snapshot = (more = {}) => ({
  seq: 10,
  epoch: "e1",
  workspace: { id: ROOM, name: "Moss study" },
  me: { user_id: ME, role: "owner" },
  members: [member(ME)],
  themes: [],
  styles: [],
  messages: [],
  generations: [],
  images: [],
  images_total: 0,
  draft: null,
  ...more,
});

export const event = (seq, type, data, actor_id = ME) => ({
  workspace_id: ROOM,
  seq,
  type,
  at: "2026-01-01T00:00:00Z",
  actor_id,
  data,
});

/** A loaded store; `frame()` runs what waits for the next animation frame. */
export function room(more = {}) {
  let waiting = [];
  const store = new Store((fn) => waiting.push(fn));
  store.load(snapshot(more));
  const frame = () => waiting.splice(0).forEach((fn) => fn());
  frame();
  return { store, state: store.state, frame };
}
