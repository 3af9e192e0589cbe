// The small dialog of the workspaces page: asks for a name, for a name typed again, or only whether.

import { $, setText } from "../dom.js";
import { clear, send } from "./form.js";

const dialog = $("[data-ask]"), form = $("form", dialog), field = form.elements.name;
const label = $("[data-label]", dialog), go = $("[data-go]", dialog);
let asked;

/** Opens the dialog; `run(name)` does the work, and what it refuses is said in the dialog, which stays open. */
export function ask({ title, words = "", named = true, label: of = "Name", value = "", retype = "", go: verb, keep = "Cancel", danger = false, run }) {
  asked = { named, retype: retype.trim(), run };
  setText(dialog, "title", title);
  setText(dialog, "words", words);
  label.textContent = of;
  label.hidden = field.hidden = !named;
  field.value = value;
  field.placeholder = retype;
  $("[data-cancel]", dialog).textContent = keep;
  go.textContent = verb;
  go.className = `btn ${danger ? "btn-danger" : "btn-primary"}`;
  clear(form);
  weigh();
  dialog.showModal();
  (named ? field : go).focus();
  if (named) field.select();
}

function weigh() {
  const name = field.value.trim();
  go.disabled = asked.named && (asked.retype ? name !== asked.retype : !name);
}

field.addEventListener("input", weigh);
$("[data-cancel]", dialog).addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
send(form, ({ name }) => asked.run(name.trim()), () => dialog.close());
