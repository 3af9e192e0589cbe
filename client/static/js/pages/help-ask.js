// The form of a new request.

import { $, setText } from "../dom.js";
import { api, clear, send } from "./form.js";
import { imageName } from "./help-words.js";

/** Makes the form work; `done(ticket)` gets what was opened. */
export function askForm(form, done) {
  let id = crypto.randomUUID();
  let imageId = null;
  $("[data-detach]", form).addEventListener("click", () => (attach(null), form.elements.subject.focus()));
  send(form, open, ({ ticket }) => {
    reset();
    done(ticket);
  });

  function open({ subject, body, email }) {
    const about = { ...(email ? { email } : {}), ...(imageId ? { image_id: imageId } : {}) };
    return api.post("/api/tickets", { id, subject, body, ...about });
  }

  function attach(image) {
    imageId = image;
    $("[data-attached]", form).hidden = !image;
    if (image) setText(form, "attached", `${imageName(image)} attached, with how it was made`);
  }

  function reset() {
    id = crypto.randomUUID();
    form.reset();
    attach(null);
    clear(form);
  }

  return { attach };
}
