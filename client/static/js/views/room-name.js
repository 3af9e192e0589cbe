// The workspace's name: click to rename, Enter saves, Esc leaves it.

import { app } from "../app.js";
import { $, $$, wish } from "../dom.js";
import { isMe } from "../people.js";

class RoomName extends HTMLElement {
  connectedCallback() {
    this.button = $("button", this);
    this.input = $("input", this);
    this.button.addEventListener("click", () => this.#edit());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#leave(true));
    app.store.watch(["workspace", "me"], (state) => this.#render(state));
  }

  #render({ workspace }) {
    this.button.textContent = workspace.name;
    this.button.disabled = !isMe(workspace.owner_id);
    for (const el of $$("[data-room-name]")) el.textContent = workspace.name;
  }

  #edit() {
    this.input.value = app.store.state.workspace.name;
    this.input.hidden = false;
    this.button.hidden = true;
    this.input.select();
  }

  #key(event) {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    this.#leave(event.key === "Enter");
    this.button.focus();
  }

  async #leave(keep) {
    if (this.input.hidden) return;
    this.input.hidden = true;
    this.button.hidden = false;
    const name = this.input.value.trim();
    if (!keep || !name || name === app.store.state.workspace.name) return;
    this.button.textContent = name;
    try {
      await app.commands.renameWorkspace(name);
    } catch (error) {
      this.#render(app.store.state);
      wish("toast", { text: error.message, tone: "danger" });
    }
  }
}

customElements.define("room-name", RoomName);
