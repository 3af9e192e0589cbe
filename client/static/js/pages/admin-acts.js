// Doing something: asked first with its effect in words, and with the password where ten minutes have passed.

import { $, setText } from "../dom.js";
import { api, clear, send } from "./form.js";

const dialog = $("[data-act]"), form = $("form", dialog), sure = $("[data-sure]", dialog), go = $("[data-go]", dialog);
let asked;

/** One of the acts of admin-columns.js; `done(words)` follows it. */
export function act(one, done) {
  asked = { ...one, done };
  setText(dialog, "title", one.title);
  setText(dialog, "words", one.words);
  go.textContent = one.go ?? one.label;
  go.className = `btn ${one.danger ? "btn-danger" : "btn-primary"}`;
  sure.hidden = true;
  form.reset();
  clear(form);
  dialog.showModal();
  go.focus();
}

send(form, run, () => {
  dialog.close();
  asked.done(`${asked.label}: done.`);
});

async function run({ password }) {
  if (!sure.hidden) await api.post("/api/admin/confirm", { password });
  try {
    return await asked.run();
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
