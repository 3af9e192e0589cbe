// What this tab knows, and who wants to be told when it changes.

import { reducers } from "./reducers.js";
import { frame } from "./timing.js";

const byId = (items, key = "id") => new Map(items.map((item) => [item[key], item]));

export class Store {
  #watchers = new Set();
  #followers = new Set();
  #scheduled = false;

  constructor(schedule = frame) {
    this.schedule = schedule;
    this.state = {
      session: { user: null, plan: null, quota: null },
      me: { user_id: null, role: null },
      workspace: null,
      seq: null,
      epoch: null,
      members: new Map(),
      themes: new Map(),
      styles: new Map(),
      messages: new Map(),
      generations: new Map(),
      images: new Map(),
      images_total: 0,
      draft: null,
      presence: [],
      streams: new Map(),
      progress: new Map(),
      places: new Map(),
      sheets: new Map(),
      selected: new Set(),
      following: null,
      nextServed: null,
      models: [],
      queue: { mine: 0, all: 0 },
      connection: "connecting",
      away: null, // the ids of what was ready when this tab lost touch; once it is back they are `back`
      back: null,
      ended: null,
      pending: new Map(),
      saving: 0,
    };
  }

  /** Calls fn(state, topics) at most once a frame after any of the topics changed, and once for what is
   *  already loaded; returns the way out. */
  watch(topics, fn) {
    const watcher = { topics: new Set(topics), fn, changed: new Set(this.state.workspace ? topics : []) };
    this.#watchers.add(watcher);
    if (watcher.changed.size) this.#ring();
    return () => this.#watchers.delete(watcher);
  }

  /** Calls fn(envelope) at once for every durable event applied; returns the way out. */
  follow(fn) {
    this.#followers.add(fn);
    return () => this.#followers.delete(fn);
  }

  /** Replaces the durable state; creates still under way and not in the snapshot stay visible. */
  load(snapshot) {
    const state = this.state;
    const waiting = {
      generations: pendingOf(state.generations),
      images: pendingOf(state.images),
      messages: pendingOf(state.messages),
    };
    for (const key of ["workspace", "me", "images_total", "draft", "seq", "epoch"]) state[key] = snapshot[key];
    state.members = byId(snapshot.members, "user_id");
    for (const key of ["themes", "styles", "messages", "generations", "images"]) state[key] = byId(snapshot[key]);
    this.#keepPending(waiting);
    forgetWhatEnded(state);
    this.#wakeAll();
  }

  /** Applies one durable event; its place in the order is the feed's business. */
  apply(envelope) {
    const reduce = reducers[envelope.type];
    const topics = reduce ? reduce(this.state, envelope.data) : [];
    this.state.seq = envelope.seq;
    this.#wake(topics);
    for (const follower of this.#followers) follower(envelope);
  }

  change(topics, mutate) {
    mutate(this.state);
    this.#wake(topics);
  }

  /** Applies something ephemeral: reduce(state) returns the topics it changed, or null when it could not. */
  absorb(reduce) {
    const topics = reduce(this.state);
    this.#wake(topics ?? []);
    return topics;
  }

  #keepPending({ generations, images, messages }) {
    const state = this.state;
    for (const item of [...generations, ...messages]) {
      if (state.generations.has(item.id) || state.messages.has(item.id)) state.pending.delete(item.id);
    }
    for (const item of messages) if (!state.messages.has(item.id)) state.messages.set(item.id, item);
    for (const item of images) if (!state.generations.has(item.generation_id)) state.images.set(item.id, item);
    for (const item of generations) if (!state.generations.has(item.id)) state.generations.set(item.id, item);
  }

  #wake(topics) {
    for (const watcher of this.#watchers) {
      for (const topic of topics) if (watcher.topics.has(topic)) watcher.changed.add(topic);
    }
    this.#ring();
  }

  #wakeAll() {
    for (const watcher of this.#watchers) watcher.changed = new Set(watcher.topics);
    this.#ring();
  }

  #ring() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.schedule(() => this.#tell());
  }

  #tell() {
    this.#scheduled = false;
    for (const watcher of [...this.#watchers]) {
      if (!watcher.changed.size || !this.#watchers.has(watcher)) continue;
      const changed = watcher.changed;
      watcher.changed = new Set();
      watcher.fn(this.state, changed);
    }
  }
}

const pendingOf = (map) => [...map.values()].filter((item) => item.pending);

function forgetWhatEnded(state) {
  for (const id of state.streams.keys()) if (state.messages.get(id)?.status !== "streaming") state.streams.delete(id);
  for (const [id, { attempt }] of state.progress) {
    const image = state.images.get(id);
    if (image?.status !== "running" || image.attempt !== attempt) state.progress.delete(id);
  }
}
