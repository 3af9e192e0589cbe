// Who is here: faces in the top bar, ringed while they write or generate; those who do not fit stand in a list.

import { app } from "../app.js";
import { $, keyed, setAttr, wish } from "../dom.js";
import { isMe, wear } from "../people.js";
import { isUnfinished } from "../pictures.js";
import { openBeside } from "./place.js";

const AT_MOST = 5;
const narrow = matchMedia("(max-width: 639.98px)");

class RoomPeople extends HTMLElement {
  connectedCallback() {
    this.faces = $(".people", this);
    this.menu = $(".people-menu", this);
    app.store.watch(["presence", "images", "following"], (state) => this.#render(state));
    narrow.addEventListener("change", () => this.#render(app.store.state));
    this.addEventListener("click", ({ target }) => this.#click(target.closest("button")));
  }

  #render(state) {
    const busy = new Set([...state.images.values()].filter(isUnfinished).map((image) => image.author_id));
    const people = state.presence
      .filter(({ user_id }) => !isMe(user_id))
      .map((person) => ({
        ...person,
        busy: busy.has(person.user_id),
        followed: person.user_id === state.following,
      }));
    keyed(this.faces, fitting(people), keyOf, createFace, updateFace);
    keyed(this.menu, people, keyOf, createRow, updateRow);
  }

  #click(button) {
    const { person } = button?.closest("li") ?? {};
    if (!person) return;
    if (person.user_id === "rest") return this.#list(button);
    if (this.menu.contains(button)) this.menu.hidePopover();
    wish("person:follow", { user_id: person.user_id });
  }

  #list(anchor) {
    openBeside(this.menu, anchor);
    $("button", this.menu)?.focus();
  }
}

const keyOf = (person) => person.user_id;

/** Everybody, or as many as there is room for and one that stands for the rest. */
function fitting(people) {
  const most = narrow.matches ? 1 : AT_MOST;
  if (people.length <= most) return people;
  const shown = people.slice(0, most - 1);
  return [...shown, { user_id: "rest", name: `+${people.length - shown.length}`, color: "8" }];
}

/** "Ana, writing. Follow". */
function follows({ name, typing, busy, focus }) {
  const does = typing ? ", writing" : busy ? ", generating" : focus ? ", looking at an image" : "";
  return `${name}${does}. Follow`;
}

function createFace() {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.className = "who";
  button.type = "button";
  button.append(avatar("avatar"));
  item.append(button);
  return item;
}

function updateFace(item, person) {
  item.person = person;
  const button = item.firstElementChild,
    face = button.firstElementChild,
    isRest = person.user_id === "rest";
  wear(face, person);
  if (isRest) face.textContent = person.name;
  face.classList.toggle("is-busy", Boolean(person.typing || person.busy));
  const words = isRest ? `${person.name} more` : follows(person);
  setAttr(button, "aria-label", words);
  setAttr(button, "aria-pressed", isRest ? null : String(person.followed));
  button.title = words;
}

function createRow() {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.className = "menu-item";
  button.type = "button";
  button.append(avatar("avatar avatar-sm"), document.createElement("span"));
  item.append(button);
  return item;
}

function updateRow(item, person) {
  item.person = person;
  const [face, words] = item.firstElementChild.children;
  wear(face, person);
  words.textContent = follows(person);
  setAttr(item.firstElementChild, "aria-pressed", String(person.followed));
}

function avatar(look) {
  const face = document.createElement("span");
  face.className = look;
  face.setAttribute("aria-hidden", "true");
  return face;
}

customElements.define("room-people", RoomPeople);
