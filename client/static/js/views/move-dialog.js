// Moving pictures to another of one's workspaces.

import { app } from "../app.js";
import { $, $$, clone, keyed, setText, wish } from "../dom.js";
import { plural } from "../words.js";
import { attempt, undoable } from "./picture-acts.js";
import { dress } from "./pop-list.js";
import { tabStop } from "./tab-stop.js";

const NONE = "There is no other workspace in which you may change things. Make one under Workspaces, or ask for access.";
const MOST = 200; // of one move, which the server does as a whole or not at all

class MoveDialog extends HTMLElement {
  #ids = [];
  #busy = false;

  connectedCallback() {
    this.dialog = $("dialog", this);
    this.list = $("ul", this);
    document.addEventListener("move:open", ({ detail }) => this.#open(detail.images));
    $("[data-do=close]", this).addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", ({ target }) => target === this.dialog && this.dialog.close());
    this.list.addEventListener("click", ({ target }) => this.#move(target.closest("li")?.room));
    this.list.addEventListener("keydown", (event) => this.#steer(event));
  }

  async #open(images) {
    if (images.length > MOST) return wish("toast", { text: `At most ${MOST} images can be moved at once.` });
    this.#ids = images.map((image) => image.id);
    setText(this, "title", `Move ${plural(images.length, "image")} to`);
    this.#show([], "Looking for your other workspaces.");
    this.dialog.showModal();
    $("h2", this).focus();
    try {
      const rooms = await roomsToChange();
      this.#show(rooms, rooms.length ? "" : NONE);
      ($("button", this.list) ?? $("[data-do=close]", this)).focus();
    } catch (error) {
      this.#show([], error.message);
    }
  }

  #show(rooms, words) {
    keyed(this.list, rooms, (room) => room.id, () => clone("move-item"), showRoom);
    setText(this, "words", words);
    this.#rove($("button", this.list));
  }

  /** The list is one stop for Tab; the arrows go through it. */
  #steer(event) {
    const buttons = $$("button", this.list);
    const at = buttons.indexOf(event.target);
    const to = { ArrowDown: buttons[at + 1], ArrowUp: buttons[at - 1], Home: buttons[0], End: buttons.at(-1) }[event.key];
    if (!to) return;
    event.preventDefault();
    this.#rove(to);
    to.focus();
  }

  #rove(current) {
    for (const button of $$("button", this.list)) button.tabIndex = button === current ? 0 : -1;
  }

  async #move(room) {
    if (!room || this.#busy) return;
    this.#busy = true;
    const ids = this.#ids;
    let copies = [];
    const move = async () => {
      const { images } = await app.api.post("/api/images/move", { image_ids: ids, workspace_id: room.id });
      copies = images;
    };
    const text = `Moved ${plural(ids.length, "image")} to ${room.name}`;
    if (await undoable(move, () => bringBack(ids, copies), { text, link: `/w/${room.id}` })) this.#leave();
    this.#busy = false;
  }

  /** What had the focus may have gone with the pictures. */
  #leave() {
    this.dialog.close();
    tabStop().focus({ preventScroll: true });
  }
}

/** One's other workspaces in which one may change things, the newest first. */
async function roomsToChange() {
  const rooms = [];
  for (let next = ""; next !== null; ) {
    const page = await app.api.get(`/api/workspaces?limit=200${next && `&before=${next}`}`);
    rooms.push(...page.items);
    next = page.next;
  }
  const here = app.store.state.workspace.id;
  return rooms.filter(({ id, role, read_only }) => id !== here && role !== "viewer" && !read_only);
}

const bringBack = (ids, copies) =>
  attempt(() =>
    Promise.all([
      ...ids.map((id) => app.commands.restoreImage(id)),
      ...copies.map((copy) => app.commands.deleteImage(copy.id)),
    ]),
  );

function showRoom(item, room) {
  item.room = room;
  setText(item, "name", room.name);
  setText(item, "about", room.images ? plural(room.images, "image") : "Nothing in it yet");
  dress($(".pop-face", item), room.cover[0], room.id);
}

customElements.define("move-dialog", MoveDialog);
