/** My earlier prompts: walked with Alt+Up and Alt+Down, or picked from a list with a search. */

import { app } from "../app.js";
import { $ } from "../dom.js";
import { PromptHistory, templatesOf } from "../prompt-history.js";
import { pick } from "./pop-list.js";
import { write } from "./prompt-text.js";

export class PromptPast {
  #history = new PromptHistory();
  #walking = false;

  constructor(box) {
    this.box = box;
    box.addEventListener("keydown", (event) => this.#key(event));
    box.addEventListener("input", () => this.#walking || this.#history.rest());
    pick($("#pop-past"), {
      items: () => mine().map((text) => ({ id: text })),
      isChosen: ({ id }) => id === box.value,
      choose: ({ id }) => write(box, id),
      row: ({ id }) => ({ name: id, about: "", facts: "" }),
    });
  }

  #key(event) {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const text = event.key === "ArrowUp" ? this.#history.older(mine(), this.box.value) : this.#history.newer(mine());
    if (text === null) return;
    this.#walking = true;
    write(this.box, text);
    this.#walking = false;
  }
}

const mine = () => templatesOf(app.store.state.me.user_id, app.store.state.generations.values());
