// Older pictures, a page at a time, for whatever filter is on.

import { isPlain, query } from "./filter.js";

const LIMIT = 60;

export class Pages {
  #of = null;
  #cursors = new Map();
  #loading = null;

  constructor({ store, api }) {
    Object.assign(this, { store, api });
  }

  /** Whether everything the filter asks for is here. */
  atEnd(filter) {
    const { images, images_total, pending } = this.store.state;
    this.#startAfresh();
    if (this.#cursors.get(keyOf(filter)) === null) return true;
    return isPlain(filter) && !pending.size && images.size >= images_total;
  }

  /** Fetches one more page into the store; one at a time. */
  more(filter) {
    this.#loading ??= this.#fetch(filter).finally(() => (this.#loading = null));
    return this.#loading;
  }

  async #fetch(filter) {
    this.#startAfresh();
    const { state } = this.store;
    const images = state.images;
    const deleted = new Set();
    const unfollow = this.store.follow(({ type, data }) => type === "image.deleted" && deleted.add(data.id));
    try {
      const before = this.#cursors.get(keyOf(filter));
      const asked = query(filter, state);
      asked.set("limit", LIMIT);
      if (before) asked.set("before", before);
      const page = await this.api.get(`/api/workspaces/${state.workspace.id}/images?${asked}`);
      if (state.images !== images) return;
      this.#cursors.set(keyOf(filter), page.next);
      this.#merge(page, deleted);
    } finally {
      unfollow();
    }
  }

  /** What the events brought is newer than a page: only what is missing is taken. */
  #merge({ items, generations }, deleted) {
    this.store.change(["images", "generations"], (state) => {
      for (const image of items)
        if (!state.images.has(image.id) && !deleted.has(image.id)) state.images.set(image.id, image);
      for (const generation of generations)
        if (!state.generations.has(generation.id)) state.generations.set(generation.id, generation);
    });
  }

  /** A fresh snapshot took the older pages away: begin at the newest again. */
  #startAfresh() {
    if (this.#of === this.store.state.images) return;
    this.#of = this.store.state.images;
    this.#cursors.clear();
  }
}

const keyOf = (filter) => JSON.stringify(filter);
