// Forms that post JSON: one refusal line on top, the field at fault marked, the button held while it is under way.

import { Api } from "../api.js";
import { $, $$ } from "../dom.js";

export const api = new Api({ csrf: $("meta[name=csrf-token]").content });

/** Sends the form's values through `call` at each submit; what it refuses is said in the form. */
export function send(form, call, done) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    clear(form);
    try {
      done(await call(Object.fromEntries(new FormData(form))));
    } catch (error) {
      refuse(form, error);
    } finally {
      form.ariaBusy = "false";
    }
  });
}

/** Shows the refusal and moves to the field that it names. */
export function refuse(form, error) {
  const line = $("[data-refusal]", form);
  line.hidden = false;
  $("span", line).textContent = error.message;
  const field = error.field && form.elements[error.field];
  if (!field) return;
  field.setAttribute("aria-invalid", "true");
  field.focus();
}

export function clear(form) {
  $("[data-refusal]", form).hidden = true;
  for (const field of $$("[aria-invalid]", form)) field.removeAttribute("aria-invalid");
}

/** Puts one part of a page in the place of another and moves the focus to its heading. */
export function turn(from, to) {
  from.hidden = true;
  to.hidden = false;
  $("h1, h2", to).focus();
}
