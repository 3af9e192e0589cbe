/** The bottom bar of a phone: the prompt in one line opens the panel, beside it Generate. */

import { app } from "../app.js";
import { $, setAttr, setText, wish } from "../dom.js";
import { macroSpans, painted } from "../ink.js";
import { imagesOf } from "../making.js";
import { isLooking } from "../pictures.js";
import { left } from "../price.js";

class MakeBar extends HTMLElement {
  connectedCallback() {
    $(".makebar-prompt", this).addEventListener("click", (event) => (event.preventDefault(), wish("panel:open")));
    this.go = $("button", this);
    this.go.addEventListener("click", () => {
      const able = app.draft.current.text.trim() && !this.go.ariaDisabled;
      wish(able ? "prompt:generate" : "panel:open");
    });
    document.addEventListener("generate:failed", () => wish("panel:open"));
    app.store.watch(["prompt", "session", "me", "connection"], () => this.#render());
    this.#render();
  }

  #render() {
    const { text, negative, settings } = app.draft.current;
    const looking = isLooking(app.store.state);
    const words = looking ? "You can look here" : text ? painted(text, macroSpans(text)) : "Describe a picture";
    $(".makebar-text", this).replaceChildren(words);
    const refusal = this.#refusal(app.store.state);
    setText(this, "go", refusal || `Generate ${imagesOf({ prompt: text, negative }, settings.each ?? 1)}`);
    this.go.classList.toggle("btn-primary", !refusal);
    this.go.classList.toggle("btn-raised", Boolean(refusal));
    setAttr(this.go, "aria-disabled", refusal ? "true" : null);
    this.go.hidden = looking;
  }

  /** Why nothing can be made now; the panel says it at length. */
  #refusal({ connection, session }) {
    if (connection === "offline") return "Offline";
    return left(session.quota) === 0 ? "None left today" : "";
  }
}

customElements.define("make-bar", MakeBar);
