// Short words at the bottom: what happened, and the way back.

import { $, $$, clone, setText } from "../dom.js";
import { wear } from "../people.js";
import { tabStop } from "./tab-stop.js";

const STAYS_MS = 5_000;
const STAYS_WITH_ACTION_MS = 10_000;
const AT_MOST = 4;

class ToastStack extends HTMLElement {
  #home = null;

  connectedCallback() {
    if (this.#home) return;
    this.#home = this.parentElement;
    document.addEventListener("toast", ({ detail }) => this.#show(detail));
    document.addEventListener("toast:leave", ({ detail }) => this.#leave(detail));
    document.addEventListener("close", () => this.#move(), true);
  }

  /** Beside an open dialog everything is inert, so the words go inside, where Undo can be pressed. */
  #move() {
    const place = $$("dialog[open]").at(-1) ?? this.#home;
    if (this.parentElement !== place) place.append(this);
  }

  /** What a toast offers was done elsewhere. */
  #leave(mark) {
    for (const toast of [...this.children].filter((one) => one.mark === mark)) toast.remove();
  }

  #show({ text, action = null, link = null, tone = null, person = null, mark = {} }) {
    const toast = Object.assign(clone("toast"), { mark });
    this.#move();
    if (!action) this.#same(text)?.remove();
    this.append(toast);
    while (this.children.length > AT_MOST) this.firstElementChild.remove();
    setText(toast, "words", text);
    if (tone) toast.dataset.tone = tone;
    if (person) $(".avatar", toast).hidden = !(wear($(".avatar", toast), person), true);
    if (action) this.#offer(toast, action);
    if (link) Object.assign($(".toast-go", toast), { href: link, hidden: false });
    leaveAfter(toast, action ? STAYS_WITH_ACTION_MS : STAYS_MS);
  }

  /** Said twice is once too often: the words that stand already are renewed. */
  #same(words) {
    return [...this.children].find(
      (toast) => $(".toast-act", toast).hidden && $(".grow", toast).textContent === words,
    );
  }

  #offer(toast, { label, run }) {
    const button = $(".toast-act", toast);
    button.hidden = false;
    button.textContent = label;
    let before = null;
    button.addEventListener("focus", ({ relatedTarget }) => (before = relatedTarget));
    button.addEventListener("click", () => {
      toast.remove();
      (before?.isConnected ? before : tabStop()).focus({ preventScroll: true });
      run();
    });
  }
}

/** The clock stands still while one points at the toast or is in it. */
function leaveAfter(toast, ms) {
  let timer;
  const start = () => (timer = setTimeout(() => toast.remove(), ms));
  const stop = () => clearTimeout(timer);
  for (const [pause, go] of [
    ["pointerenter", "pointerleave"],
    ["focusin", "focusout"],
  ]) {
    toast.addEventListener(pause, stop);
    toast.addEventListener(go, start);
  }
  start();
}

customElements.define("toast-stack", ToastStack);
