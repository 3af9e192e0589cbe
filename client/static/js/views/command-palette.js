// Everything by name: commands, workspaces, earlier prompts.

import { app } from "../app.js";
import { $, icon, keyed, setAttr, wish } from "../dom.js";
import { ACTIONS, combosOf, spelled } from "../keymap.js";
import { templatesOf } from "../prompt-history.js";
import { chosen } from "./keys.js";
import { GLOBAL } from "./shortcuts.js";

const MOST = 60;
const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

class CommandPalette extends HTMLElement {
  #workspaces = [];
  #found = [];
  #at = 0;

  connectedCallback() {
    this.dialog = $("dialog", this);
    this.input = $("input", this);
    this.list = $("ul", this);
    document.addEventListener("palette:open", () => this.#open());
    this.input.addEventListener("input", () => this.#search());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    $("[data-do=close]", this).addEventListener("click", () => this.dialog.close());
    this.list.addEventListener("click", ({ target }) => this.#run(this.#found[target.closest("li")?.dataset.at]));
    this.dialog.addEventListener("click", ({ target }) => target === this.dialog && this.dialog.close());
  }

  async #open() {
    this.input.value = "";
    this.dialog.showModal();
    this.#search();
    try {
      this.#workspaces = (await app.api.get("/api/workspaces?limit=200")).items;
      this.#search();
    } catch {
      // Commands and prompts are there without the list.
    }
  }

  #search() {
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ name }) => words.every((word) => name.toLowerCase().includes(word));
    this.#found = [...commands(), ...this.#rooms(), ...prompts()].filter(fits).slice(0, MOST);
    this.#at = 0;
    this.#render();
  }

  #rooms() {
    const here = app.store.state.workspace?.id;
    return this.#workspaces
      .filter((workspace) => workspace.id !== here)
      .map(({ id, name }) => ({ id, sign: "collection", name, about: "Workspace", run: () => location.assign(`/w/${id}`) }));
  }

  #render() {
    const found = this.#found.map((item, at) => ({ ...item, at }));
    keyed(this.list, found, rowKey, option, (el, { at }) => place(el, at, at === this.#at));
    this.list.hidden = !this.#found.length;
    $(".palette-none", this).hidden = this.#found.length > 0;
    setAttr(this.input, "aria-activedescendant", this.#found.length ? `palette-${this.#at}` : null);
    this.list.children[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.#found.length) {
      this.#at = (this.#at + step + this.#found.length) % this.#found.length;
      this.#render();
    } else if (event.key === "Enter") this.#run(this.#found[this.#at]);
    else return;
    event.preventDefault();
  }

  #run(item) {
    if (!item) return;
    this.dialog.close();
    item.run();
  }
}

function commands() {
  const { own } = chosen();
  const keyOf = (name) => combosOf(ACTIONS.find((action) => action.name === name), own)[0];
  const global = ACTIONS.filter((action) => action.scope === "everywhere" && action.name !== "palette").map(
    ({ name, label }) => ({ sign: "command", name: label, keys: keyOf(name), run: GLOBAL[name] }),
  );
  const press = (selector) => () => $(selector).click();
  return [
    ...global,
    { sign: "collection", name: "Show all images", run: press("[data-show=all]") },
    { sign: "star", name: "Show starred images", run: press("[data-show=starred]") },
    { sign: "person", name: "Show my images", run: press("[data-show=mine]") },
    { sign: "search", name: "Search images", run: () => $("picture-tablet .find-in").focus() },
    { sign: "funnel", name: "Filter", run: () => $("#filter-pop").showPopover() },
    { sign: "trash3", name: "Recently deleted", run: () => wish("trash:open") },
    { sign: "file-earmark-image", name: "Prompt from a picture", run: () => wish("recipe:choose") },
    { sign: "palette", name: "Styles and themes", run: () => wish("styles:open", { show: "styles" }) },
    { sign: "person-plus", name: "Share", run: () => wish("share:open") },
    { sign: "pencil", name: "Rename the workspace", run: press(".top-name") },
    { sign: "grid-3x3-gap", name: "Small tiles", keys: keyOf("size-s"), run: press("[data-size-of=s]") },
    { sign: "grid", name: "Medium tiles", keys: keyOf("size-m"), run: press("[data-size-of=m]") },
    { sign: "square", name: "Large tiles", keys: keyOf("size-l"), run: press("[data-size-of=l]") },
    { sign: "collection", name: "All workspaces", run: () => location.assign("/workspaces") },
    { sign: "person", name: "Account", run: () => location.assign("/account") },
    { sign: "question-circle", name: "Help", run: () => location.assign("/help") },
  ];
}

function prompts() {
  const { me, generations } = app.store.state;
  return templatesOf(me.user_id, generations.values()).map((text) => ({
    sign: "clock-history",
    name: text,
    about: "Prompt",
    run: () => wish("prompt:use", { text }),
  }));
}

const rowKey = ({ about = "", id, name }) => `${about} ${id ?? name}`;

function place(item, at, isHere) {
  item.id = `palette-${at}`;
  item.dataset.at = at;
  item.setAttribute("aria-selected", String(isHere));
}

function option({ sign, name, about, keys }) {
  const item = document.createElement("li");
  item.setAttribute("role", "option");
  const words = document.createElement("span");
  words.className = "palette-name";
  words.textContent = name;
  item.append(icon(sign), words);
  const side = document.createElement(keys ? "kbd" : "span");
  side.className = keys ? "" : "dim";
  side.textContent = keys ? spelled(keys, MAC) : (about ?? "");
  item.append(side);
  return item;
}

customElements.define("command-palette", CommandPalette);
