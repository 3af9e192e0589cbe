// Who is here: faces in the top bar, ringed while they write or generate.

import { app } from "../app.js";
import { keyed, setAttr, wish } from "../dom.js";
import { isMe, wear } from "../people.js";
import { isUnfinished } from "../pictures.js";

const AT_MOST = 5;

class RoomPeople extends HTMLElement {
  connectedCallback() {
    app.store.watch(["presence", "images", "following"], (state) => this.#render(state));
  }

  #render(state) {
    const busy = new Set([...state.images.values()].filter(isUnfinished).map((image) => image.author_id));
    const others = state.presence.filter((person) => !isMe(person.user_id));
    const shown = others
      .slice(0, others.length > AT_MOST ? AT_MOST - 1 : AT_MOST)
      .map((person) => ({
        ...person,
        busy: busy.has(person.user_id),
        followed: person.user_id === state.following,
      }));
    const rest = others.length - shown.length;
    if (rest) shown.push({ user_id: "rest", name: `+${rest}`, color: "8" });
    keyed(this.firstElementChild, shown, (person) => person.user_id, createFace, updateFace);
  }
}

function createFace() {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.className = "who";
  button.type = "button";
  const face = document.createElement("span");
  face.className = "avatar";
  face.setAttribute("aria-hidden", "true");
  button.append(face);
  item.append(button);
  button.addEventListener(
    "click",
    () => item.person.user_id !== "rest" && wish("person:follow", { user_id: item.person.user_id }),
  );
  return item;
}

function updateFace(item, person) {
  item.person = person;
  const button = item.firstElementChild,
    face = button.firstElementChild;
  wear(face, person);
  if (person.user_id === "rest") face.textContent = person.name;
  face.classList.toggle("is-busy", Boolean(person.typing || person.busy));
  const does = person.typing
    ? ", writing"
    : person.busy
      ? ", generating"
      : person.focus
        ? ", looking at an image"
        : "";
  const words = person.user_id === "rest" ? `${person.name} more` : `${person.name}${does}. Follow`;
  setAttr(button, "aria-label", words);
  setAttr(button, "aria-pressed", person.user_id === "rest" ? null : String(person.followed));
  button.title = words;
}

customElements.define("room-people", RoomPeople);
