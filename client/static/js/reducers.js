// What each event does to the state: a lookup by type; every reducer returns the topics it changed.

const put = (map, key, topic) => (state, data) => {
  const item = data[key];
  const id = item.id ?? item.user_id;
  state[map].set(id, item);
  return [map, `${topic}:${id}`];
};

const drop =
  (map, topic, idKey = "id") =>
  (state, data) => {
    const id = data[idKey];
    state[map].delete(id);
    return [map, `${topic}:${id}`];
  };

/** Durable events: reducers[type](state, data). */
export const reducers = {
  "workspace.updated": workspaceSaved,
  "workspace.deleted": (state) => ((state.ended = "deleted"), ["ended"]),
  "member.added": memberSaved,
  "member.updated": memberSaved,
  "member.removed": memberRemoved,
  "message.created": messageSaved,
  "message.updated": messageSaved,
  "message.deleted": messageDeleted,
  "generation.created": generationCreated,
  "image.updated": imageUpdated,
  "image.restored": imageRestored,
  "image.deleted": imageDeleted,
  "style.saved": put("styles", "style", "style"),
  "style.deleted": drop("styles", "style"),
  "theme.saved": put("themes", "theme", "theme"),
  "theme.deleted": drop("themes", "theme"),
};

/** Ephemeral events: ephemeral[name](state, data); "message.delta" returns null when text is missing in between. */
export const ephemeral = {
  "message.delta": messageDelta,
  "image.progress": imageProgress,
  presence: (state, { members }) => ((state.presence = members), ["presence"]),
  account: (state, { plan, quota }) => ((state.session = { ...state.session, plan, quota }), ["session"]),
  draft: (state, { draft }) => ((state.draft = draft), ["draft"]),
  queue: (state, { mine, all }) => ((state.queue = { mine, all }), ["queue"]),
};

/** Takes the text so far of a streaming reply, unless more of it is already here. */
export function textSoFar(state, { message_id, attempt, text }) {
  const have = state.streams.get(message_id);
  if (have && (have.attempt > attempt || (have.attempt === attempt && have.text.length >= text.length))) return [];
  if (over(state.messages.get(message_id), attempt)) return [];
  state.streams.set(message_id, { attempt, text });
  return ["streams", `stream:${message_id}`];
}

function workspaceSaved(state, { workspace }) {
  const opened = state.workspace?.read_only === workspace.read_only ? [] : ["me"];
  state.workspace = workspace;
  return ["workspace", ...opened];
}

function memberSaved(state, { member }) {
  state.members.set(member.user_id, member);
  if (member.user_id !== state.me.user_id) return ["members"];
  state.me = { ...state.me, role: member.role };
  return ["members", "me"];
}

function memberRemoved(state, { user_id }) {
  state.members.delete(user_id);
  if (user_id !== state.me.user_id) return ["members"];
  state.ended = "removed";
  return ["members", "ended"];
}

function messageSaved(state, { message }) {
  state.messages.set(message.id, message);
  state.pending.delete(message.id);
  const stream = state.streams.get(message.id);
  if (stream && over(message, stream.attempt)) state.streams.delete(message.id);
  return ["messages", `message:${message.id}`, "streams", `stream:${message.id}`, "pending"];
}

function messageDeleted(state, { id }) {
  state.messages.delete(id);
  state.streams.delete(id);
  return ["messages", `message:${id}`, "streams", `stream:${id}`];
}

function generationCreated(state, { generation, images }) {
  const topics = ["generations", "images", "images_total", "pending", `generation:${generation.id}`];
  for (const image of state.images.values()) {
    if (image.pending && image.generation_id === generation.id) state.images.delete(image.id);
  }
  state.pending.delete(generation.id);
  state.generations.set(generation.id, generation);
  for (const image of images) state.images.set(image.id, image);
  state.images_total += images.length;
  return topics;
}

function imageUpdated(state, { image }) {
  state.images.set(image.id, image);
  const progress = state.progress.get(image.id);
  if (progress && (image.status !== "running" || image.attempt !== progress.attempt)) state.progress.delete(image.id);
  return ["images", `image:${image.id}`, `generation:${image.generation_id}`, `progress:${image.id}`];
}

function imageRestored(state, { image }) {
  state.images.set(image.id, image);
  state.images_total += 1;
  return ["images", "images_total", `image:${image.id}`, `generation:${image.generation_id}`];
}

function imageDeleted(state, { id }) {
  const generation = state.images.get(id)?.generation_id;
  state.images.delete(id);
  state.progress.delete(id);
  state.images_total = Math.max(0, state.images_total - 1);
  return ["images", "images_total", `image:${id}`, `generation:${generation}`];
}

function messageDelta(state, { message_id, attempt, offset, text }) {
  if (over(state.messages.get(message_id), attempt)) return [];
  const have = state.streams.get(message_id);
  if (have && have.attempt > attempt) return [];
  const sofar = have?.attempt === attempt ? have.text : "";
  if (offset + text.length <= sofar.length) return [];
  if (offset !== sofar.length) return null;
  state.streams.set(message_id, { attempt, text: sofar + text });
  return ["streams", `stream:${message_id}`];
}

function imageProgress(state, { image_id, attempt, fraction, step, steps, preview }) {
  const image = state.images.get(image_id);
  if (image?.status !== "running" || attempt < image.attempt) return [];
  const before = state.progress.get(image_id);
  const same = before?.attempt === attempt ? before : null;
  state.progress.set(image_id, {
    attempt,
    fraction: Math.max(fraction ?? 0, same?.fraction ?? 0),
    step: step ?? same?.step,
    steps: steps ?? same?.steps,
    preview: preview ?? same?.preview,
  });
  return ["progress", `progress:${image_id}`];
}

function over(message, attempt) {
  return message !== undefined && (message.status !== "streaming" || message.attempt > attempt);
}
