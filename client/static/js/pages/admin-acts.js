// Doing something: asked first with its effect in words, and with the password where ten minutes have passed.

import { $, setText } from "../dom.js";
import { api, clear, send } from "./form.js";

const dialog = $("[data-act]"), form = $("form", dialog), sure = $("[data-sure]", dialog), count = $("[data-count]", dialog), go = $("[data-go]", dialog);
let asked;

/** One of the acts of admin-columns.js, which may ask for a `count`; `done(words)` follows it. */
export function act(one, done) {
  asked = { ...one, done };
  setText(dialog, "title", one.title);
  setText(dialog, "words", one.words);
  go.textContent = one.go ?? one.label;
  go.className = `btn ${one.danger ? "btn-danger" : "btn-primary"}`;
  sure.hidden = true;
  form.reset();
  count.hidden = one.count === undefined;
  form.elements.count.value = one.count ?? "";
  clear(form);
  dialog.showModal();
  (count.hidden ? go : form.elements.count).focus();
}

send(form, run, () => {
  dialog.close();
  asked.done(`${asked.label}: done.`);
});

async function run({ password, count }) {
  if (!sure.hidden) await api.post("/api/admin/confirm", { password });
  try {
    return await asked.run(count);
  } catch (error) {
    if (error.code === "password_needed") needPassword();
    throw error;
  }
}

function needPassword() {
  sure.hidden = false;
  setTimeout(() => form.elements.password.focus());
}

$("[data-cancel]", dialog).addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
