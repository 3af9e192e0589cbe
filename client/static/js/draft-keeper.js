/** Keeps my draft in step: saves what I write, takes what my other tabs wrote, never undoes newer typing. */

import { sameDraft, whole } from "./draft.js";

const PAUSE_MS = 400;
const ECHO_MS = 5000;

export class DraftKeeper {
  #timer = null;
  #flying = 0;
  #dirty = false;
  #sent = [];

  /** `save(draft)` returns a promise; `tell(draft)` is called after every change, from here or elsewhere. */
  constructor({ save, tell = () => {}, shelf = null, pause = PAUSE_MS }) {
    Object.assign(this, { save, tell, shelf, pause, current: whole(null) });
    const kept = shelf?.get();
    if (kept) this.change(kept);
  }

  /** Merges a change made here; settings are merged key by key, null takes one away. */
  change({ settings, ...texts }) {
    const next = whole({ ...this.current, ...texts, settings: { ...this.current.settings, ...settings } });
    for (const [key, value] of Object.entries(next.settings))
      if (value === null || value === undefined) delete next.settings[key];
    if (sameDraft(next, this.current)) return;
    this.current = next;
    this.#dirty = true;
    this.#saveSoon();
    this.tell(this.current);
  }

  /** Takes a draft from the server unless it is an echo of mine or I have written since. */
  receive(draft) {
    const mine = this.#sent.findIndex((sent) => sameDraft(sent.draft, draft) && Date.now() - sent.at < ECHO_MS);
    if (mine >= 0) this.#sent.splice(0, mine + 1);
    if (mine >= 0 || this.#dirty || this.#flying || sameDraft(draft, this.current)) return;
    this.current = whole(draft);
    this.tell(this.current);
  }

  /** Saves at once what is not saved yet. */
  async flush() {
    clearTimeout(this.#timer);
    if (!this.#dirty) return;
    const draft = this.current;
    this.#dirty = false;
    this.#flying += 1;
    this.#sent.push({ draft, at: Date.now() });
    try {
      await this.save(draft);
      this.shelf?.set(null);
    } catch {
      this.#dirty = true;
      this.shelf?.set(draft);
    } finally {
      this.#flying -= 1;
    }
  }

  #saveSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), this.pause);
  }
}

/** A shelf in the browser for a draft that could not be saved. */
export function shelfFor(workspaceId, storage = globalThis.localStorage) {
  const key = `draft:${workspaceId}`;
  return {
    get: () => JSON.parse(storage.getItem(key) ?? "null"),
    set: (draft) => (draft ? storage.setItem(key, JSON.stringify(draft)) : storage.removeItem(key)),
  };
}
