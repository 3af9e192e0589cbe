// Mine and all in the queue, the place of each waiting tile, and the drawer that says why one waits.

import { app } from "../app.js";
import { $, keyed, setAttr, setText } from "../dom.js";
import { personOf, wear } from "../people.js";
import { isUnfinished, progressOf } from "../pictures.js";
import { throttle } from "../timing.js";
import { percent } from "../words.js";
import { place } from "./place.js";

const ASK_MS = 1500;

class QueueChip extends HTMLElement {
  #most = 0;

  connectedCallback() {
    this.button = $("button", this);
    this.drawer = $("#queue-drawer", this);
    this.ask = throttle(() => this.#readPlaces(), ASK_MS);
    app.store.watch(["queue", "images"], (state) => this.#render(state));
    app.store.watch(["places", "progress"], () => this.drawer.matches(":popover-open") && this.#renderDrawer());
    this.drawer.addEventListener(
      "toggle",
      ({ newState }) => newState === "open" && (this.#renderDrawer(), place(this.drawer, this.button.hidden ? $(".top") : this.button)),
    );
  }

  #render({ queue, images }) {
    const { mine, all } = counted(queue, images, app.store.state.me.user_id);
    this.button.hidden = !all;
    this.#most = all ? Math.max(this.#most, mine || all) : 0;
    setText(this, "mine", mine);
    setText(this, "all", all === mine ? "" : `/${all}`);
    this.button.setAttribute("aria-label", `Queue: ${mine} of ${all} are yours`);
    const done = this.#most ? Math.round(100 * (1 - (mine || all) / this.#most)) : 0;
    setAttr($(".ring-arc", this), "stroke-dasharray", `${Math.max(8, done)} 100`);
    if ([...images.values()].some((image) => image.status === "queued" && !image.pending)) this.ask();
  }

  async #readPlaces() {
    const { state } = app.store;
    try {
      const { items, next } = await app.api.get(`/api/queue?workspace_id=${state.workspace.id}`);
      app.store.change(["places"], () => {
        state.places = new Map(items.map((item) => [item.image_id, item]));
        state.nextServed = next;
      });
    } catch {
      // The words stand without a place until the next news of the queue.
    }
  }

  #renderDrawer() {
    const { state } = app.store;
    const open = [...state.images.values()].filter((image) => isUnfinished(image) && !image.pending);
    const rank = (image) => (image.status === "running" ? 0 : (state.places.get(image.id)?.position ?? Infinity));
    open.sort((a, b) => rank(a) - rank(b));
    keyed($(".queue-list", this), open.slice(0, 12), (image) => image.id, createRow, updateRow);
    setText(this, "why", whyNext(state, open));
  }
}

/** The server's numbers, or what this room shows before they come. */
function counted(queue, images, me) {
  const open = [...images.values()].filter(isUnfinished);
  const mine = open.filter((image) => image.author_id === me).length;
  return { mine: Math.max(queue.mine ?? 0, mine), all: Math.max(queue.all ?? 0, open.length) };
}

function whyNext(state, open) {
  if (!open.length) return "Nothing is waiting.";
  const next = state.nextServed;
  if (!next || next.user_id === state.me.user_id) return "";
  return `${next.name} goes before your next image: everyone gets one before anyone gets two.`;
}

function createRow() {
  const row = document.createElement("li");
  const spans = ["dim", "avatar avatar-sm", "queue-prompt", "dim"].map((name) => {
    const span = document.createElement("span");
    span.className = name;
    return span;
  });
  row.append(...spans);
  return row;
}

function updateRow(row, image) {
  const { places } = app.store.state;
  const [place, face, prompt, state] = row.children;
  const here = places.get(image.id);
  const running = image.status === "running";
  place.textContent = here?.position ?? "";
  wear(face, personOf(image.author_id));
  prompt.textContent = image.prompt;
  state.className = running ? "amber" : "dim";
  state.textContent = running
    ? `${percent(image, progressOf(app.store.state, image), null)} %`
    : here?.eta_s
      ? `about ${Math.round(here.eta_s)} s`
      : "waiting";
}

customElements.define("queue-chip", QueueChip);
