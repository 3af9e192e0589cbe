/** Files from elsewhere, dropped, pasted or chosen: a picture shows its recipe above the prompt, others go their way. */

import { app } from "../app.js";
import { $, setText, wish } from "../dom.js";
import { isLooking } from "../pictures.js";
import { holdsStyles, isExport, isPicture, originWords, refusalOf, settingsOf } from "../recipe.js";

const OWN_DRAG = "text/x-emulsion-image";

class RecipeOffer extends HTMLElement {
  #recipe = null;
  #turn = 0;

  connectedCallback() {
    this.picker = $("input", this);
    this.card = $(".recipe", this);
    this.picker.addEventListener("change", () => this.#chosen());
    document.addEventListener("recipe:choose", () => this.picker.click());
    document.addEventListener("paste", (event) => this.#pasted(event));
    for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => this[name](event));
    this.card.addEventListener("click", ({ target }) => this.#do(target.closest("[data-do]")?.dataset.do));
  }

  /** Without this the browser would leave the page for the file. */
  dragover(event) {
    if (isFromOutside(event)) event.preventDefault();
  }

  drop(event) {
    if (!isFromOutside(event)) return;
    event.preventDefault();
    if (!$("dialog[open]")) this.#take(event.dataTransfer.files[0]);
  }

  #chosen() {
    const [file] = this.picker.files;
    this.picker.value = "";
    if (file) this.#take(file);
  }

  #pasted(event) {
    const { files, types } = event.clipboardData;
    if (!files.length || types.includes("text/plain") || !isPicture(files[0]) || $("dialog[open]")) return;
    event.preventDefault();
    this.#take(files[0]);
  }

  #take(file) {
    if (!file) return;
    if (isExport(file)) return wish("import:open", file);
    if (!isPicture(file) && !holdsStyles(file))
      return say(`${file.name} is no picture, no export and no styles. Drop a PNG, JPEG, WebP, .tar.gz, .csv or .json.`);
    if (isLooking(app.store.state)) return say("You can look but not generate here.");
    if (holdsStyles(file)) return wish("styles:open", { file });
    const refusal = refusalOf(file);
    if (refusal) say(refusal, "danger");
    else this.#inspect(file);
  }

  async #inspect(file) {
    const turn = ++this.#turn;
    try {
      const { source, recipe } = await app.commands.inspectPicture(file);
      if (turn !== this.#turn) return;
      if (recipe) this.#show(file, source, recipe);
      else say(`There is no recipe in ${file.name}.`);
    } catch (error) {
      say(error.message, "danger");
    }
  }

  #show(file, source, recipe) {
    this.#forgetFace();
    this.#recipe = recipe;
    $("img", this.card).src = URL.createObjectURL(file);
    setText(this.card, "from", originWords(file.name, source));
    setText(this.card, "words", recipe.prompt);
    this.card.hidden = false;
    wish("panel:open");
    $("[data-do=use]", this.card).focus();
  }

  #do(what) {
    if (!what) return;
    const { prompt, negative = "" } = this.#recipe;
    if (what !== "close") wish("prompt:use", { text: prompt, negative, settings: what === "all" ? this.#settings() : {} });
    this.#forgetFace();
    this.card.hidden = true;
    $("#prompt").focus();
  }

  #settings() {
    return settingsOf(this.#recipe, app.draft.current, app.store.state);
  }

  #forgetFace() {
    URL.revokeObjectURL($("img", this.card).src);
  }
}

const isFromOutside = ({ dataTransfer }) =>
  Boolean(dataTransfer?.types.includes("Files") && !dataTransfer.types.includes(OWN_DRAG));
const say = (text, tone = null) => wish("toast", { text, tone });

customElements.define("recipe-offer", RecipeOffer);
