/** Changes that wait to be saved, by the id they belong to; they go out together after a pause. */

import { debounce } from "./timing.js";

export class Autosave {
  #waiting = new Map();

  /** `save(id, kind, changes)` returns a promise; `done()` is called when nothing waits any more. */
  constructor({ save, done = () => {}, pause = 500 }) {
    Object.assign(this, { save, done });
    this.soon = debounce(() => this.flush(), pause);
  }

  put(id, kind, changes) {
    const waiting = this.#waiting.get(id);
    this.#waiting.set(id, { kind, changes: { ...waiting?.changes, ...changes } });
    this.soon();
  }

  /** What waits for an id; {} when nothing does. */
  of(id) {
    return this.#waiting.get(id)?.changes ?? {};
  }

  get busy() {
    return this.#waiting.size > 0;
  }

  forget() {
    this.#waiting.clear();
  }

  async flush() {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const [id, { kind, changes }] of waiting) await this.save(id, kind, changes);
    if (!this.busy) this.done();
  }
}
