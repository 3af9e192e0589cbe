/** The bottom bar of a phone: the prompt in one line opens the panel, beside it Generate. */

import { app } from "../app.js";
import { $, setText, wish } from "../dom.js";
import { macroSpans, painted } from "../ink.js";
import { imagesOf } from "../making.js";
import { isLooking } from "../pictures.js";
import { left } from "../price.js";

class MakeBar extends HTMLElement {
  connectedCallback() {
    $(".makebar-prompt", this).addEventListener("click", (event) => (event.preventDefault(), wish("panel:open")));
    $("button", this).addEventListener("click", () =>
      wish(app.draft.current.text.trim() ? "prompt:generate" : "panel:open"),
    );
    document.addEventListener("generate:failed", () => wish("panel:open"));
    app.store.watch(["prompt", "session", "me"], () => this.#render());
    this.#render();
  }

  #render() {
    const { text, negative, settings } = app.draft.current;
    const looking = isLooking(app.store.state);
    const words = looking ? "You can look here" : text ? painted(text, macroSpans(text)) : "Describe a picture";
    $(".makebar-text", this).replaceChildren(words);
    const spent = left(app.store.state.session.quota) === 0;
    setText(
      this,
      "go",
      spent ? "None left today" : `Generate ${imagesOf({ prompt: text, negative }, settings.each ?? 1)}`,
    );
    $("button", this).hidden = looking;
  }
}

customElements.define("make-bar", MakeBar);
