// <password-field>: shows the password while the eye is pressed in, and says when caps lock is on.

import { $, setIcon } from "../dom.js";

class PasswordField extends HTMLElement {
  connectedCallback() {
    this.input = $("input", this);
    this.eye = $("button", this);
    this.caps = document.getElementById(`${this.input.id}-caps`);
    this.eye.addEventListener("click", () => this.#show(this.input.type === "password"));
    this.input.form.addEventListener("submit", () => this.#show(false));
    for (const name of ["keydown", "keyup"]) this.input.addEventListener(name, (event) => this.#capsLock(event));
    this.input.addEventListener("blur", () => (this.caps.hidden = true));
  }

  #show(shown) {
    this.input.type = shown ? "text" : "password";
    this.eye.setAttribute("aria-pressed", shown);
    this.eye.setAttribute("aria-label", shown ? "Hide password" : "Show password");
    setIcon($("svg", this.eye), shown ? "eye-slash" : "eye");
  }

  #capsLock(event) {
    this.caps.hidden = !event.getModifierState?.("CapsLock");
  }
}

customElements.define("password-field", PasswordField);
