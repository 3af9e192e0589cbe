/** The Control Panel: its width, its hiding, its opening on a phone, and the views inside it. */

import { app } from "../app.js";
import { $, $$, setAttr, wish } from "../dom.js";
import { DraftKeeper, shelfFor } from "../draft-keeper.js";

const WIDTH_KEY = "panel-width";
const HIDDEN_KEY = "panel-hidden";
const [NARROWEST, WIDEST] = [320, 440];
const wide = matchMedia("(min-width: 1024px)");

app.draft = new DraftKeeper({
  save: (draft) => app.commands.saveDraft(draft),
  tell: () => app.store.change(["prompt"], () => {}),
  shelf: shelfFor($("meta[name=workspace-id]").content),
});
const takeDraft = ({ draft }) => draft && app.draft.receive(draft);
app.store.watch(["draft"], takeDraft);
takeDraft(app.store.state);
app.store.watch(["connection"], (state) => state.connection === "live" && app.draft.flush());
addEventListener("pagehide", () => app.draft.flush());

class ControlPanel extends HTMLElement {
  connectedCallback() {
    this.grip = $(".panel-grip", this);
    this.#size(Number(localStorage.getItem(WIDTH_KEY)));
    this.#hide(localStorage.getItem(HIDDEN_KEY) === "yes");
    this.grip.addEventListener("pointerdown", (event) => this.#drag(event));
    this.grip.addEventListener("keydown", (event) => this.#nudge(event));
    $(".panel-close", this).addEventListener("click", (event) => this.#close(event));
    $(".panel-shade").addEventListener("click", (event) => this.#close(event));
    document.addEventListener("panel:open", () => this.#open());
    document.addEventListener("panel:toggle", () => this.#hide(!document.body.classList.contains("is-panel-hidden")));
    document.addEventListener("keydown", (event) => this.#key(event));
    app.store.watch(["me"], (state) => this.#allow(state.me.role));
    this.#allow(app.store.state.me.role);
  }

  #allow(role) {
    const looking = role === "viewer";
    $(".panel-readonly", this).hidden = !looking;
    $("prompt-form", this).hidden = looking;
    $(".composer", this).hidden = looking;
  }

  #open() {
    if (wide.matches) this.#hide(false);
    else this.classList.add("is-open");
    $("#prompt").focus();
  }

  #close(event) {
    event.preventDefault();
    this.classList.remove("is-open");
    if (location.hash === "#panel") location.hash = "main";
    $(".makebar-prompt")?.focus();
  }

  #key(event) {
    if (
      event.key === "Escape" &&
      this.classList.contains("is-open") &&
      !event.defaultPrevented &&
      !$(":popover-open, dialog[open]")
    )
      this.#close(event);
    if (event.key === "Escape" && event.shiftKey) this.#open();
    const typing = event.target.closest("input, textarea, select, dialog, [contenteditable]");
    if (event.key.toLowerCase() === "t" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey)
      wish("panel:toggle");
  }

  #hide(hidden) {
    document.body.classList.toggle("is-panel-hidden", hidden);
    localStorage.setItem(HIDDEN_KEY, hidden ? "yes" : "no");
  }

  #size(width) {
    if (!width) return;
    const fit = Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
    document.documentElement.style.setProperty("--rail", `${fit}px`);
    setAttr(this.grip, "aria-valuenow", fit);
    localStorage.setItem(WIDTH_KEY, fit);
  }

  #drag(event) {
    event.preventDefault();
    this.grip.setPointerCapture(event.pointerId);
    const move = ({ clientX }) => this.#size(clientX - this.getBoundingClientRect().left);
    this.grip.addEventListener("pointermove", move);
    this.grip.addEventListener("pointerup", () => this.grip.removeEventListener("pointermove", move), { once: true });
  }

  #nudge(event) {
    const step = { ArrowLeft: -10, ArrowRight: 10 }[event.key];
    if (step) this.#size(this.getBoundingClientRect().width + step);
  }
}

customElements.define("control-panel", ControlPanel);
await Promise.all(
  ["chat", "prompt-form", "prompt-chips", "batch-dialog", "styles-dialog", "make-bar"].map(
    (name) => import(`./${name}.js`),
  ),
);

// What one writes or presses before the views and the draft are there would be lost: all opens when they are.
const unlock = ({ workspace }) => {
  if (!workspace) return;
  for (const box of $$("control-panel textarea[readonly]")) box.readOnly = false;
  for (const button of $$("control-panel button[disabled], make-bar button[disabled]")) button.disabled = false;
  stop();
};
const stop = app.store.watch(["workspace"], unlock);
unlock(app.store.state);
for (const el of $$("[data-mac]")) el.textContent = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘ ↵" : "Ctrl ↵";
