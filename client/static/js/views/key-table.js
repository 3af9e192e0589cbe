// The keys, each of which can be changed, and the switch for single letters: in the room's dialog and in the account.

import { $, $$, setAttr, setText } from "../dom.js";
import { ACTIONS, bound, combosOf, comboOf, FIXED, SCOPES, spelled } from "../keymap.js";
import { set } from "../settings.js";
import { chosen } from "./keys.js";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const MODIFIERS = ["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock"];
const KEPT = ["Tab", "Enter", " "];

export class KeyTable {
  #waiting = null;

  constructor(root) {
    this.root = root;
    this.letters = $("[name=letters]", root);
    root.addEventListener("click", ({ target }) => this.#click(target.closest("button")));
    root.addEventListener("keydown", (event) => this.#key(event));
    this.letters.addEventListener("change", () => (set("letters", this.letters.checked ? "on" : "off"), this.render()));
  }

  /** Whether the next key is the one that somebody wants. */
  get isWaiting() {
    return Boolean(this.#waiting);
  }

  render() {
    const { own, letters } = chosen();
    this.letters.checked = letters;
    const scopes = { ...SCOPES, compare: "Comparing" };
    $(".keys-body", this.root).replaceChildren(...Object.entries(scopes).map(([scope, title]) => section(scope, title, own)));
    setAttr(this.root, "data-letters", letters ? "on" : "off");
  }

  wait(button) {
    this.#waiting?.classList.remove("is-waiting");
    this.#waiting = button;
    button?.classList.add("is-waiting");
    this.#say(
      button
        ? `Press the key for “${button.action.label}”. Esc keeps it as it is.`
        : "Press a key's button, then the key you want instead.",
    );
  }

  #click(button) {
    if (button?.action) return this.wait(button);
    if (button?.dataset.do !== "reset") return;
    set("keys", "{}");
    this.render();
    this.#say("All keys are as they were at first.");
  }

  #key(event) {
    if (!this.#waiting || MODIFIERS.includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const combo = comboOf(event);
    if (combo === "Escape") return this.wait(null);
    if (KEPT.includes(combo)) return this.#say("This key is needed to move about. Choose another.");
    const { action } = this.#waiting;
    set("keys", JSON.stringify(bound(chosen().own, action, combo)));
    this.wait(null);
    this.render();
    this.#say(`“${action.label}” is ${spelled(combo, MAC)} now.`);
    $$("button", this.root).find((button) => button.action === action)?.focus();
  }

  #say(words) {
    setText(this.root, "said", words);
  }
}

function section(scope, title, own) {
  const part = document.createElement("section");
  part.className = "keys-part";
  const head = document.createElement("h3");
  head.textContent = title;
  const list = document.createElement("dl");
  const fixed = FIXED.filter(([where]) => where === scope).map(([, label, combos]) => row(label, ...combos.map(cap)));
  const ours = ACTIONS.filter((action) => action.scope === scope).map((action) => row(action.label, keyButton(action, own)));
  list.append(...fixed, ...ours);
  part.append(head, list);
  return part;
}

function row(label, ...keys) {
  const line = document.createElement("div");
  const term = document.createElement("dt");
  term.textContent = label;
  const value = document.createElement("dd");
  value.append(...keys);
  line.append(term, value);
  return line;
}

function cap(combo) {
  const key = document.createElement("kbd");
  key.textContent = spelled(combo, MAC);
  return key;
}

function keyButton(action, own) {
  const button = document.createElement("button");
  const combos = combosOf(action, own);
  button.type = "button";
  button.className = "key-change";
  button.action = action;
  button.append(...(combos.length ? combos.map(cap) : ["none"]));
  button.setAttribute("aria-label", `Change the key for ${action.label}: ${combos.map((c) => spelled(c, MAC)).join(" or ") || "none"}`);
  return button;
}
