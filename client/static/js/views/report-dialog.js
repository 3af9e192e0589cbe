// Telling the helpdesk of a picture, and hearing in the room that it has answered.

import { app } from "../app.js";
import { $, setText, wish } from "../dom.js";
import { isMe } from "../people.js";
import { failure } from "../words.js";

class ReportDialog extends HTMLElement {
  #told = new Set();

  connectedCallback() {
    this.dialog = $("dialog", this);
    this.form = $("form", this);
    document.addEventListener("report:open", ({ detail }) => this.#open(detail.image));
    document.addEventListener("news:ticket", ({ detail }) => this.#hear(detail.ticket));
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.#send()));
    $("[data-do=close]", this).addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", ({ target }) => target === this.dialog && this.dialog.close());
  }

  #open(image) {
    this.image = image;
    this.id = crypto.randomUUID();
    this.form.reset();
    setText(this, "error", "");
    this.dialog.showModal();
    this.form.elements.body.focus();
  }

  async #send() {
    if (this.form.ariaBusy === "true") return;
    this.form.ariaBusy = "true";
    const { id, error } = this.image;
    const subject = `Image ${id.slice(-4).toUpperCase()}: ${error ? failure(error).head : "a problem"}`;
    try {
      await app.api.post("/api/tickets", { id: this.id, subject, body: this.form.elements.body.value, image_id: id });
      this.dialog.close();
      const action = { label: "Open", run: () => openRequest(this.id) };
      wish("toast", { text: "Reported. The answer comes to Help and by mail.", action });
    } catch (refused) {
      setText(this, "error", refused.message);
    } finally {
      this.form.ariaBusy = "false";
    }
  }

  /** Says once of each answer to me that it is there. */
  #hear({ id, subject, status, author_id, replies }) {
    const last = replies.at(-1);
    if (!isMe(author_id) || isMe(last.author_id) || status !== "waiting" || this.#told.has(last.id)) return;
    this.#told.add(last.id);
    wish("toast", { text: `The helpdesk answered: ${subject}`, action: { label: "Open", run: () => openRequest(id) } });
  }
}

const openRequest = (id) => location.assign(`/help?ticket=${id}`);

customElements.define("report-dialog", ReportDialog);
