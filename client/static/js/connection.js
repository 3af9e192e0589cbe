// The socket: the only place that knows socket.io. Facts come down here, in order, into the store.

import { io } from "../vendor/socket.io/socket.io.esm.min.js";
import { Feed } from "./feed.js";
import { readyIn } from "./pictures.js";
import { EPHEMERAL } from "./protocol.js";
import { ephemeral, textSoFar } from "./reducers.js";
import { setting } from "./settings.js";

const ACK_MS = 10_000;
const BLINK_MS = 600;
const GRACE_MS = 3_000;
const ASLEEP_MS = 10_000;
const SILENT_MS = 20_000; // the room says where it stands every fifteen seconds

const isHidden = () => setting("hidden") === "yes";

const ENDS = { signed_out: "signed_out", not_found: "removed", forbidden: "removed" };
const OPTIONS = {
  transports: ["websocket"],
  reconnectionDelay: 1400, // 0.14 to 2.66 s: all tabs of a server that died must not come at once
  reconnectionDelayMax: 3000,
  randomizationFactor: 0.9,
  autoConnect: false,
};

export class Connection {
  #socket = io(OPTIONS);
  #timers = [];
  #hiddenAt = null;
  #silence = null;
  #asking = new Set();

  constructor({ store, workspaceId, askSession }) {
    Object.assign(this, { store, workspaceId, askSession });
    this.feed = new Feed({
      store,
      workspaceId,
      ask: (name, data) => this.#ask(name, { ...data, hidden: isHidden() }),
      onLive: () => this.#live(),
      onRefused: ({ code }) => this.#refused(code),
    });
    this.#listen();
    document.addEventListener("visibilitychange", () => this.#wakeUp());
    document.addEventListener("resume", () => this.#catchUp());
    // What the browser says of its network is a reason to look, not the truth: the server may be this very machine.
    for (const word of ["online", "offline"]) addEventListener(word, () => this.#catchUp());
    document.addEventListener("setting:hidden", () => this.#hide());
    addEventListener("storage", ({ key }) => key === "setting:hidden" && this.#hide());
  }

  open() {
    this.#socket.connect();
  }

  /** Tells the room something that nobody needs to keep: typing, focus. */
  say(name, data) {
    if (this.#socket.connected) this.#socket.emit(name, { workspace_id: this.workspaceId, ...data });
  }

  /** A connection that leaves a question unanswered is dead, though nobody said so: another one will ask anew. */
  async #ask(name, data) {
    try {
      return await this.#socket.timeout(ACK_MS).emitWithAck(name, data);
    } catch (error) {
      if (this.#socket.connected) this.#comeBackIn(Math.random());
      throw error;
    }
  }

  #hide() {
    this.say("hide", { hidden: isHidden() });
  }

  #listen() {
    const socket = this.#socket;
    socket.on("connect", () => this.feed.join());
    socket.onAny(() => this.#hear());
    socket.on("disconnect", (reason) => this.#broken(reason));
    socket.on("connect_error", () => this.#refusedAtTheDoor());
    socket.on("event", (envelope) => this.feed.receive(envelope));
    socket.on("head", (head) => this.feed.head(head));
    socket.on("draining", ({ retry_in }) => this.#comeBackIn(retry_in));
    socket.on("signed_out", () => this.#end("signed_out"));
    for (const name of Object.keys(EPHEMERAL).filter((name) => ephemeral[name])) {
      socket.on(name, (data) => this.#ephemeral(name, data));
    }
    for (const name of ["transfer", "ticket", "asked", "workspaces", "themes"]) {
      socket.on(name, (data) => document.dispatchEvent(new CustomEvent(`news:${name}`, { detail: data })));
    }
  }

  #ephemeral(name, data) {
    if (data.workspace_id && data.workspace_id !== this.workspaceId) return;
    const topics = this.store.absorb((state) => ephemeral[name](state, data));
    if (!topics) this.#askForText(data.message_id);
  }

  async #askForText(messageId) {
    if (this.#asking.has(messageId)) return;
    this.#asking.add(messageId);
    try {
      const sofar = await this.#socket.timeout(ACK_MS).emitWithAck("watch_replies", { message_id: messageId });
      if (!sofar.error) this.store.absorb((state) => textSoFar(state, { message_id: messageId, ...sofar }));
    } catch {
      // The next delta or the next join brings the text.
    } finally {
      this.#asking.delete(messageId);
    }
  }

  #broken(reason) {
    this.feed.pause();
    if (this.store.state.ended) return;
    this.#trouble();
    if (reason === "io server disconnect") this.#comeBackIn(1);
  }

  /** True when asking again is useless. */
  #refused(code) {
    if (ENDS[code]) this.#end(ENDS[code]);
    return code in ENDS;
  }

  async #refusedAtTheDoor() {
    this.#trouble();
    const session = await this.askSession().catch(() => null);
    if (session && !session.user) this.#end("signed_out");
    else if (!this.#socket.active) this.#comeBackIn(2);
  }

  /** Leaves this connection for a new one, unless another has taken its place by then. */
  #comeBackIn(seconds) {
    const socket = this.#socket,
      { id } = socket;
    setTimeout(() => {
      if (this.store.state.ended || (socket.connected && socket.id !== id)) return;
      socket.disconnect();
      socket.connect();
    }, seconds * 1000);
  }

  #wakeUp() {
    if (document.hidden) {
      this.#hiddenAt = Date.now();
    } else if (Date.now() - this.#hiddenAt > ASLEEP_MS) {
      this.#catchUp();
    }
  }

  #hear() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#catchUp(), SILENT_MS);
  }

  /** A tab that slept may have missed events without having missed the connection. */
  #catchUp() {
    if (this.store.state.ended) return;
    if (!this.#socket.connected) return void this.#socket.connect();
    this.#trouble();
    this.feed.join();
  }

  #live() {
    this.#hear();
    this.#is("live");
    if (this.store.state.away)
      this.store.change(["back"], (state) => Object.assign(state, { back: state.away, away: null }));
  }

  #end(reason) {
    this.store.change(["ended"], (state) => (state.ended ??= reason));
    this.#socket.disconnect();
  }

  /** A short break is nobody's business: words come after a moment, the bar after three seconds. */
  #trouble() {
    if (this.#timers.length) return;
    if (this.store.state.workspace) this.store.change([], (state) => (state.away ??= new Set(readyIn(state))));
    this.#timers = [
      ["reconnecting", BLINK_MS],
      ["offline", GRACE_MS],
    ].map(([word, ms]) => setTimeout(() => this.#is(word), ms));
  }

  #is(connection) {
    if (connection === "live") for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    if (this.store.state.connection === connection) return;
    this.store.change(["connection"], (state) => (state.connection = connection));
  }
}
