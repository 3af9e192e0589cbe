// The list of requests: what changed last comes first.

import { $, $$, clone, keyed, setAttr, setText } from "../dom.js";
import { ago } from "../timing.js";
import { inOneLine, stateOf } from "./help-words.js";

const LONGEST = 300; // of what stands on one line
const NOTHING = {
  "": "Nothing yet. What you ask, and what the helpdesk answers, stands here.",
  open: "Nothing is open.",
  waiting: "Nothing is waiting.",
  solved: "Nothing is solved yet.",
  mine: "You have taken nothing yet.",
};

export class HelpList {
  #of = new Map();
  chosen = null;
  changes = 0;

  constructor(root, { me, staff, onShow }) {
    Object.assign(this, { root, me, staff, show: "" });
    for (const button of $$("[data-show]", root)) {
      button.addEventListener("click", () => {
        this.show = button.dataset.show;
        for (const other of $$("[data-show]", root)) other.ariaPressed = String(other === button);
        onShow();
      });
    }
  }

  get isEmpty() {
    return this.#of.size === 0;
  }

  /** Takes a page of the list; a first page puts everything else aside. */
  take(items, next, first) {
    if (first) this.#of.clear();
    for (const ticket of items) this.#of.set(ticket.id, ticket);
    $("[data-older]", this.root).hidden = !next;
    this.render();
    $(".help-rows", this.root).removeAttribute("aria-busy");
  }

  put(ticket) {
    this.changes++;
    if (!this.#shows(ticket)) this.#of.delete(ticket.id);
    else this.#of.set(ticket.id, ticket);
    this.render();
  }

  #shows({ status, assignee }) {
    return !this.show || (this.show === "mine" ? assignee?.id === this.me : status === this.show);
  }

  choose(id) {
    this.chosen = id;
    this.render();
  }

  render() {
    const rows = [...this.#of.values()].sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1));
    keyed($(".help-rows", this.root), rows, ({ id }) => id, () => clone("ticket-row"), (row, ticket) => this.#fill(row, ticket));
    const none = $("[data-none]", this.root);
    none.textContent = this.staff && !this.show ? "Nobody has asked anything yet." : NOTHING[this.show];
    none.hidden = rows.length > 0;
  }

  #fill(row, ticket) {
    const link = $("a", row), last = ticket.replies.at(-1);
    link.href = `/help?ticket=${ticket.id}`;
    setAttr(link, "aria-current", ticket.id === this.chosen ? "true" : null);
    setText(row, "subject", ticket.subject);
    setText(row, "ago", ago(ticket.updated_at));
    setText(row, "last", `${this.#speaker(last)}${inOneLine(last.body.slice(0, LONGEST))}`);
    const [words, look] = stateOf(ticket.status, this.staff);
    setText(row, "status", words);
    $(".state", row).className = `state ${look}`.trim();
    setText(row, "who", this.staff ? [ticket.author?.name ?? ticket.email, this.#taker(ticket)].filter(Boolean).join(" · ") : "");
  }

  #taker({ assignee }) {
    return assignee && (assignee.id === this.me ? "taken by you" : `taken by ${assignee.name}`);
  }

  #speaker({ author, author_id, internal }) {
    if (internal) return "Note: ";
    if (author_id === this.me) return "You: ";
    return author ? `${author.name}: ` : "";
  }
}
