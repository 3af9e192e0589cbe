// The order of events: what has been applied, what waits, and when to ask again.

import { textSoFar } from "./reducers.js";

const PATIENCE_MS = 200;
const RETRY_MS = 1000;

/** Keeps a store in step with one workspace; `ask(name, data)` calls the server and resolves with its ack,
 *  `onRefused(error)` says whether a refusal is final. */
export class Feed {
  #joining = false;
  #turn = 0;
  #waiting = new Map();
  #doubt = null;

  constructor({ store, workspaceId, ask, onLive = () => {}, onRefused = () => false }) {
    Object.assign(this, { store, workspaceId, ask, onLive, onRefused });
  }

  /** Joins from what is applied; called on every connect and whenever something seems to be missing. */
  async join() {
    const turn = ++this.#turn;
    this.#joining = true;
    this.#calm();
    const { seq, epoch } = this.store.state;
    let answer;
    try {
      answer = await this.ask("join", { workspace_id: this.workspaceId, since: seq, epoch });
    } catch {
      if (turn === this.#turn) this.#doubtFor(RETRY_MS);
      return;
    }
    if (turn !== this.#turn) return;
    if (answer.error) return void (this.onRefused(answer.error) || this.#doubtFor(RETRY_MS));
    this.#joining = false;
    this.#take(answer);
    this.onLive();
  }

  /** The connection broke: what it still owed will come with the next join. */
  pause() {
    this.#turn += 1;
    this.#joining = true;
    this.#calm();
  }

  receive(envelope) {
    if (envelope.workspace_id !== this.workspaceId) return;
    this.#waiting.set(envelope.seq, envelope);
    if (!this.#joining) this.#advance();
  }

  head({ workspace_id, seq, epoch }) {
    if (workspace_id !== this.workspaceId || this.#joining) return;
    if (epoch !== this.store.state.epoch) this.join();
    else if (seq > this.store.state.seq) this.#doubtFor(PATIENCE_MS, seq);
  }

  #take({ seq, epoch, snapshot, events, presence, streams }) {
    const { store } = this;
    if (snapshot) store.load({ ...snapshot, seq, epoch });
    for (const event of events ?? []) if (event.seq > store.state.seq) store.apply(event);
    store.change(["presence"], (state) => {
      state.epoch = epoch;
      state.presence = presence;
    });
    for (const stream of streams ?? []) store.absorb((state) => textSoFar(state, stream));
    this.#advance();
  }

  #advance() {
    const { store } = this;
    for (const seq of this.#waiting.keys()) if (seq <= store.state.seq) this.#waiting.delete(seq);
    for (let next; (next = this.#waiting.get(store.state.seq + 1)); ) {
      this.#waiting.delete(next.seq);
      store.apply(next);
    }
    if (this.#waiting.size) this.#doubtFor(PATIENCE_MS, Math.max(...this.#waiting.keys()));
  }

  /** Waits a moment for what may still be on its way, then joins again unless it came. */
  #doubtFor(ms, awaited = Infinity) {
    this.#doubt ??= setTimeout(() => {
      this.#doubt = null;
      const { seq } = this.store.state;
      if (seq === null || seq < awaited || this.#waiting.size) this.join();
    }, ms);
  }

  #calm() {
    clearTimeout(this.#doubt);
    this.#doubt = null;
  }
}
