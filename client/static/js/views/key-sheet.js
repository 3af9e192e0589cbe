// The list of all keys over the room.

import { $ } from "../dom.js";
import { KeyTable } from "./key-table.js";

class KeySheet extends HTMLElement {
  connectedCallback() {
    this.dialog = $("dialog", this);
    this.table = new KeyTable(this.dialog);
    document.addEventListener("keys:open", () => this.#open());
    $("[data-do=close]", this).addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("cancel", (event) => this.table.isWaiting && (event.preventDefault(), this.table.wait(null)));
  }

  #open() {
    this.table.render();
    this.dialog.showModal();
    $("h2", this).focus();
  }
}

customElements.define("key-sheet", KeySheet);
