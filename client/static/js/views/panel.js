/** The Control Panel: its width, its hiding, its opening on a phone, and the views inside it. */

import { app } from "../app.js";
import { $, $$, setText } from "../dom.js";
import { DraftKeeper, shelfFor } from "../draft-keeper.js";
import { isLooking } from "../pictures.js";
import { Grip } from "./grip.js";

const HIDDEN_KEY = "panel-hidden";
const [NARROWEST, WIDEST] = [320, 440];
const [LOWEST, CHAT_KEEPS] = [84, 140];
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
    this.#grips();
    this.#hide(localStorage.getItem(HIDDEN_KEY) === "yes");
    $(".panel-close", this).addEventListener("click", (event) => this.#close(event));
    $(".panel-shade").addEventListener("click", (event) => this.#close(event));
    $("[data-do=ask-access]", this).addEventListener("click", () => this.#askAccess());
    document.addEventListener("panel:open", ({ detail }) => this.#open(detail?.focus));
    document.addEventListener("generate:accepted", () => this.#slideAway());
    document.addEventListener("panel:toggle", () => this.#toggle());
    document.addEventListener("keydown", (event) => this.#key(event));
    app.store.watch(["me"], (state) => this.#allow(state));
    this.#allow(app.store.state);
  }

  #allow(state) {
    const looking = isLooking(state),
      frozen = looking && state.me.role !== "viewer";
    $(".panel-readonly:not(.panel-frozen)", this).hidden = !looking || frozen;
    $(".panel-frozen", this).hidden = !frozen;
    for (const line of $$("[data-for]", this)) line.hidden = (line.dataset.for === "owner") !== (state.me.role === "owner");
    $("prompt-form", this).hidden = looking;
    $(".composer", this).hidden = looking;
  }

  async #askAccess() {
    try {
      await app.commands.askAccess();
      setText(this, "asked", "Asked. The owner hears of it here and by mail.");
    } catch (error) {
      setText(this, "asked", error.message);
    }
  }

  /** Two sizes are the person's: the panel's width, and the height of the prompt under the chat. */
  #grips() {
    const [root, prompt, chat] = [document.documentElement, $("#prompt", this), $(".chat-scroll", this)];
    new Grip($(".panel-grip", this), {
      key: "panel-width",
      axis: "x",
      size: () => this.offsetWidth,
      bounds: () => [NARROWEST, WIDEST],
      show: (px) => (px ? root.style.setProperty("--rail", `${px}px`) : root.style.removeProperty("--rail")),
    });
    new Grip($(".make-grip", this), {
      key: "prompt-height",
      axis: "y",
      size: () => prompt.offsetHeight,
      bounds: () => [LOWEST, Math.max(LOWEST, prompt.offsetHeight + chat.offsetHeight - CHAT_KEEPS)],
      show: (px) =>
        px ? this.style.setProperty("--prompt-high", `${px}px`) : this.style.removeProperty("--prompt-high"),
    });
  }

  #open(focus = "#prompt") {
    if (wide.matches) this.#hide(false);
    else this.classList.add("is-open");
    $(focus).focus();
  }

  #toggle() {
    if (wide.matches) this.#hide(!document.body.classList.contains("is-panel-hidden"));
    else if (this.classList.contains("is-open")) this.#slideAway();
    else this.#open();
  }

  #close(event) {
    event.preventDefault();
    this.#slideAway();
    $(".makebar-prompt")?.focus();
  }

  /** On a phone the panel covers the pictures; beside them it stays where it is. */
  #slideAway() {
    this.classList.remove("is-open");
    if (location.hash === "#panel") location.hash = "main";
  }

  #key(event) {
    if (
      event.key === "Escape" &&
      !event.shiftKey &&
      this.classList.contains("is-open") &&
      !event.defaultPrevented &&
      !$(":popover-open, dialog[open]")
    )
      this.#close(event);
  }

  #hide(hidden) {
    document.body.classList.toggle("is-panel-hidden", hidden);
    localStorage.setItem(HIDDEN_KEY, hidden ? "yes" : "no");
  }
}

customElements.define("control-panel", ControlPanel);
await Promise.all(
  ["chat", "prompt-form", "prompt-chips", "recipe-offer", "make-bar"].map((name) => import(`./${name}.js`)),
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
