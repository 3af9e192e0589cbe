// The room is over for this tab: signed out, removed, or the workspace is gone.

import { app } from "../app.js";
import { $, setText } from "../dom.js";

const ENDS = {
  signed_out: {
    title: "You were signed out",
    words: "Your draft is kept. Log in to go on.",
    label: "Log in",
    href: () => `/login?next=${encodeURIComponent(location.pathname)}`,
  },
  removed: {
    title: "You are no longer a member here",
    words: "Ask someone in the workspace for a new link.",
    label: "My workspaces",
    href: () => "/workspaces",
  },
  deleted: {
    title: "This workspace was deleted",
    words: "Its owner deleted it for everyone.",
    label: "My workspaces",
    href: () => "/workspaces",
  },
};

class RoomEnded extends HTMLElement {
  connectedCallback() {
    this.dialog = $("dialog", this);
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.#show(ENDS[app.store.state.ended]);
  }

  #show({ title, words, label, href }) {
    setText(this, "title", title);
    setText(this, "words", words);
    const way = $("a", this);
    way.textContent = label;
    way.href = href();
    if (!this.dialog.open) this.dialog.showModal();
  }
}

customElements.define("room-ended", RoomEnded);
