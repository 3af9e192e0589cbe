// One dialog for both ways: an export until its link is there, an import until its workspace is.

import { $, setText } from "../dom.js";
import { api, follow, inside, upload } from "../transfers.js";
import { size } from "../words.js";

class TransferDialog extends HTMLElement {
  #transfer = null;
  #sending = null;
  #turn = 0;

  connectedCallback() {
    this.dialog = $("dialog", this);
    this.form = $("form", this);
    document.addEventListener("export:open", ({ detail }) => this.#export(detail ?? this.#here()));
    document.addEventListener("import:open", ({ detail }) => this.#import(detail));
    document.addEventListener("duplicate:open", ({ detail }) => this.#duplicate(detail));
    $('[data-do="leave"]', this).addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.#left());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#confirm();
    });
  }

  #here() {
    return { id: $("meta[name=workspace-id]").content, name: $("[data-room-name]").textContent };
  }

  async #export({ id, name }) {
    const turn = this.#begin(`Export ${name}`, "Collecting everything…", "Close");
    await this.#try(turn, async () => {
      const done = await this.#pack(turn, id);
      if (turn === this.#turn) this.#offer(done);
    });
  }

  async #pack(turn, id) {
    const { transfer } = await api().post(`/api/workspaces/${id}/exports`, { id: crypto.randomUUID() });
    const done = await follow(transfer, (now) => this.#progress(turn, now.fraction, "Packing"));
    if (done.status === "failed") throw new Error(done.error.message);
    return done;
  }

  #offer(transfer) {
    this.#show({ words: `${inside(transfer.summary)}, ${size(transfer.bytes)}. The file is kept for a day.`, bar: false });
    const link = $("a", this);
    link.href = transfer.file_url;
    link.hidden = false;
    link.focus();
  }

  async #import(file) {
    const turn = this.#begin(`Import ${file.name}`, "Sending…", "Cancel");
    await this.#try(turn, () => this.#send(turn, file));
  }

  /** A copy goes the way of every export: out, and in again under another name. */
  async #duplicate({ id, name }) {
    const turn = this.#begin(`Duplicate ${name}`, "Collecting everything…", "Cancel");
    await this.#try(turn, async () => {
      const { file_url } = await this.#pack(turn, id);
      if (turn !== this.#turn) return;
      const packed = await (await fetch(file_url)).blob();
      if (turn === this.#turn) await this.#send(turn, new File([packed], "copy.tar.gz"), `${name.slice(0, 74)}, copy`);
    });
  }

  async #send(turn, file, name = null) {
    this.#sending = new AbortController();
    const sent = await upload(file, (fraction) => this.#progress(turn, fraction, "Sending"), this.#sending.signal);
    if (turn !== this.#turn) return forget(sent);
    this.#transfer = sent;
    const seen = await follow(sent, (now) => this.#progress(turn, now.fraction, "Looking inside"));
    if (turn === this.#turn) this.#preview(seen, name ?? seen.name);
  }

  #preview(transfer, name) {
    if (transfer.status === "failed") throw new Error(transfer.error.message);
    this.#show({ words: `${inside(transfer.summary)}. It becomes a new workspace of yours.`, bar: false, asks: true });
    $('[type="submit"]', this).textContent = name === transfer.name ? "Import as new workspace" : "Make the copy";
    this.form.elements.name.value = name;
    this.form.elements.name.select();
  }

  async #confirm() {
    const turn = this.#turn,
      name = this.form.elements.name.value.trim();
    const { id } = this.#transfer;
    this.#show({ words: "Importing…", bar: true, asks: false });
    await this.#try(turn, async () => {
      const { transfer } = await api().post(`/api/transfers/${id}/confirm`, { name });
      this.#transfer = null;
      const done = await follow(transfer, (now) => this.#progress(turn, now.fraction, "Importing"));
      if (done.status === "failed") throw new Error(done.error.message);
      if (turn === this.#turn) location.assign(`/w/${done.workspace_id}`);
    });
  }

  /** What an earlier turn still brings is nobody's business any more. */
  #begin(title, words, leave) {
    setText(this, "title", title);
    $('[data-do="leave"]', this).textContent = leave;
    $("a", this).hidden = true;
    this.#show({ words, bar: true, asks: false });
    this.dialog.showModal();
    $("h2", this).focus();
    return ++this.#turn;
  }

  #show({ words, bar, asks = false, refusal = "" }) {
    setText(this, "words", words);
    setText(this, "refusal", refusal);
    $("progress", this).hidden = !bar;
    if (bar) $("progress", this).value = 0;
    for (const part of [$("label", this), $("input", this), $('[type="submit"]', this)]) part.hidden = !asks;
  }

  #progress(turn, fraction, verb) {
    if (turn !== this.#turn) return;
    $("progress", this).value = fraction;
    setText(this, "words", fraction ? `${verb}, ${Math.floor(fraction * 100)} %` : `${verb}…`);
  }

  async #try(turn, work) {
    try {
      await work();
    } catch (error) {
      if (turn === this.#turn) this.#show({ words: "", bar: false, refusal: error.message });
    }
  }

  /** Closing stops an upload and forgets what was not confirmed; an export goes on and is told by its file. */
  #left() {
    this.#turn += 1;
    this.#sending?.abort();
    if (this.#transfer) forget(this.#transfer);
    this.#sending = this.#transfer = null;
  }
}

/** What is being looked at right now cannot be dropped; it is forgotten by itself within a day. */
function forget({ id }) {
  api()
    .delete(`/api/transfers/${id}`)
    .catch(() => {});
}

customElements.define("transfer-dialog", TransferDialog);
