// One request: what was said, how its picture was made, and the words one writes next.

import { $, clone, keyed, setText } from "../dom.js";
import { markdown } from "../markdown.js";
import { wear } from "../people.js";
import { moment } from "../timing.js";
import { api, clear, send } from "./form.js";
import { Pasted } from "./help-pasted.js";
import { numberOf, outcome, imageName, stateOf, traceRows } from "./help-words.js";

export class HelpThread {
  #drafts = new Map();
  #id = crypto.randomUUID();
  ticket = null;

  constructor(root, { me, staff, onChange }) {
    Object.assign(this, { root, me, staff, onChange });
    this.form = $("[data-composer]", root);
    this.body = this.form.elements.body;
    this.pasted = new Pasted(this.form);
    send(this.form, () => this.#send(), () => this.#sent());
    this.body.addEventListener("input", () => this.#drafts.set(this.ticket.id, this.body.value));
    this.body.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
    this.form.addEventListener("change", ({ target }) => target.name === "to" && this.#dress());
    $("[data-status]", root)?.addEventListener("change", ({ target }) => this.#change({ status: target.value }));
    $("[data-take]", root)?.addEventListener("click", () => this.#change({ assignee_id: this.#isMine ? null : me }));
    $("[data-solve]", root)?.addEventListener("click", () => this.#change({ status: this.ticket.status === "solved" ? "open" : "solved" }));
  }

  /** Shows a request from its beginning; a draft of mine for it is still there. */
  open(ticket) {
    this.ticket = ticket;
    this.#id = crypto.randomUUID();
    clear(this.form);
    this.pasted.take(null);
    this.body.value = this.#drafts.get(ticket.id) ?? "";
    if (this.staff) this.form.elements.to.value = "person";
    $(".thread", this.root).replaceChildren();
    this.#dress();
    this.#showTrace();
    this.render();
  }

  /** Takes in what became of the request that is open; at its end one stays at its end. */
  update(ticket) {
    this.ticket = ticket;
    this.render();
  }

  render() {
    const { subject, status, created_at, author, email, replies } = this.ticket;
    const from = this.staff ? `${author ? `${author.name}, ` : "Visitor, "}${email}` : stateOf(status, false)[0];
    setText(this.root, "subject", subject);
    setText(this.root, "about", `Request ${numberOf(this.ticket)} · ${moment(created_at)} · ${from}`);
    if (this.staff) this.#showStaff();
    else $("[data-solve]", this.root).textContent = status === "solved" ? "Open again" : "Mark as solved";
    const scroller = $(".thread-scroll", this.root), list = $(".thread", this.root);
    const before = list.children.length;
    keyed(list, replies, ({ id }) => id, (reply) => this.#reply(reply));
    if (list.children.length > before) scroller.scrollTop = before ? scroller.scrollHeight : 0;
  }

  #reply({ author, author_id, body, internal, picture_url, created_at }) {
    const row = clone("ticket-reply");
    const name = author?.name ?? this.ticket.email;
    row.classList.toggle("is-note", internal);
    row.classList.toggle("is-staff", author_id !== this.ticket.author_id);
    wear($(".avatar", row), { name, color: author?.color ?? "8" });
    setText(row, "who", author_id === this.me ? "You" : name);
    setText(row, "note", internal ? "Internal note" : "");
    setText(row, "at", moment(created_at));
    $("time", row).dateTime = created_at;
    $(".reply-words", row).append(markdown(body));
    if (picture_url) showPicture($(".reply-picture", row), picture_url);
    return row;
  }

  #showTrace() {
    const { trace, image_id } = this.ticket, box = $("[data-trace]", this.root);
    box.hidden = !trace;
    box.open = false;
    if (!trace) return;
    setText(box, "image", `${imageName(image_id)} attached`);
    setText(box, "outcome", outcome(trace));
    $("dl", box).replaceChildren(...traceRows(trace).map(([name, words]) => pair(name, words)));
  }

  #showStaff() {
    const { status, assignee } = this.ticket;
    $("[data-status]", this.root).value = status;
    setText(this.root, "taken", !assignee ? "Nobody has taken it" : this.#isMine ? "Taken by you" : `Taken by ${assignee.name}`);
    $("[data-take]", this.root).textContent = !assignee ? "Take" : this.#isMine ? "Let go" : "Take over";
  }

  get #isMine() {
    return this.ticket.assignee?.id === this.me;
  }

  get #isNote() {
    return this.staff && this.form.elements.to.value === "staff";
  }

  #dress() {
    const note = this.#isNote;
    this.form.classList.toggle("is-note", note);
    this.body.placeholder = note ? "Write a note that only the helpdesk sees" : this.staff ? "Write an answer" : "Write a reply";
    setText(this.form, "to", note ? "Internal note" : this.staff ? "Your answer" : "Your reply");
    $("[data-send]", this.form).textContent = note ? "Add note" : this.staff ? "Send answer" : "Send reply";
  }

  #send() {
    const body = { id: this.#id, body: this.body.value, ...(this.#isNote ? { internal: true } : {}) };
    const path = `/api/tickets/${this.ticket.id}`;
    return this.pasted.file ? api.post(`${path}/pictures`, this.pasted.form(body)) : api.post(`${path}/replies`, body);
  }

  #sent() {
    this.#id = crypto.randomUUID();
    this.#drafts.delete(this.ticket.id);
    this.body.value = "";
    this.pasted.take(null);
    this.onChange(this.ticket.id);
  }

  async #change(what) {
    clear(this.form);
    try {
      const { ticket } = await api.patch(`/api/tickets/${this.ticket.id}`, what);
      this.onChange(ticket.id, ticket);
    } catch (error) {
      const line = $("[data-refusal]", this.form);
      line.hidden = false;
      $("span", line).textContent = error.message;
      this.render();
    }
  }
}

function showPicture(link, address) {
  link.hidden = false;
  link.href = $("img", link).src = address;
}

function pair(name, words) {
  const row = document.createElement("div");
  row.append(Object.assign(document.createElement("dt"), { textContent: name }), Object.assign(document.createElement("dd"), { textContent: words }));
  return row;
}
