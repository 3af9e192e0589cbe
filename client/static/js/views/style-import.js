/** Styles out of a file, chosen or dropped on the dialog: what is inside is said before anything is made. */

import { app } from "../app.js";
import { $, setText, wish } from "../dom.js";
import { isLooking } from "../pictures.js";
import { insideWords, newAmong, readStyles } from "../style-files.js";
import { plural } from "../words.js";

export class StyleImport {
  #found = null;
  #busy = false;

  /** `came(styles)` hears of the styles that were made, as the server has them. */
  constructor(dialog, came) {
    this.el = $(".style-import", dialog);
    this.picker = $("input", this.el);
    this.came = came;
    this.picker.addEventListener("change", () => this.#chosen());
    this.el.addEventListener("click", ({ target }) => this[target.closest("[data-import]")?.dataset.import]?.());
    dialog.addEventListener("close", () => this.close());
    for (const name of ["dragover", "dragleave", "drop"])
      dialog.addEventListener(name, (event) => carriesFiles(event) && !isLooking(app.store.state) && this[name](event));
    this.dialog = dialog;
  }

  choose() {
    this.picker.click();
  }

  dragover(event) {
    event.preventDefault();
    this.dialog.classList.add("is-drop");
  }

  dragleave({ relatedTarget }) {
    if (!this.dialog.contains(relatedTarget)) this.dialog.classList.remove("is-drop");
  }

  drop(event) {
    event.preventDefault();
    this.dialog.classList.remove("is-drop");
    this.take(event.dataTransfer.files[0]);
  }

  /** Hides what a file held; what is on its way into the workspace goes on. */
  close() {
    if (this.#busy) return;
    const focused = this.el.contains(document.activeElement);
    this.el.hidden = true;
    if (focused) $("[data-act=import]", this.dialog).focus();
  }

  async add() {
    if (this.#busy) return;
    this.#busy = true;
    const made = [];
    let refusal = "";
    try {
      await this.#make(made);
    } catch (error) {
      refusal = error.message;
    }
    this.#busy = false;
    if (made.length) this.came(made);
    if (refusal) return this.#show(refusal);
    this.close();
    wish("toast", { text: `${plural(made.length, "style")} added.` });
  }

  async #make(made) {
    const fresh = this.#fresh();
    for (const style of fresh) {
      this.#say(`Adding ${made.length + 1} of ${fresh.length}`);
      made.push((await app.commands.createStyle(style)).style);
    }
  }

  #chosen() {
    const [file] = this.picker.files;
    this.picker.value = "";
    this.take(file);
  }

  /** Looks through a file and says what is inside. */
  async take(file) {
    if (!file || this.#busy) return;
    setText(this.el, "file", file.name);
    try {
      this.#found = await readStyles(file);
      this.#show();
    } catch (error) {
      this.#found = null;
      this.#show(error.message);
    }
  }

  #fresh() {
    return newAmong(this.#found.styles, [...app.store.state.styles.values()]);
  }

  #show(refusal = "") {
    const fresh = this.#found ? this.#fresh().length : 0;
    this.#say(this.#found ? insideWords(this.#found, fresh) : "", refusal);
    const add = $("[data-import=add]", this.el);
    add.hidden = !fresh;
    add.textContent = `Add ${fresh}`;
    $("[data-import=close]", this.el).textContent = fresh ? "Cancel" : "Close";
    this.el.hidden = false;
    $("[data-import=close]", this.el).focus();
    add.focus();
  }

  #say(words, refusal = "") {
    setText(this.el, "inside", words);
    setText(this.el, "refusal", refusal);
  }
}

const carriesFiles = ({ dataTransfer }) => dataTransfer.types.includes("Files");
