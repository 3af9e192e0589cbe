// Help for somebody who is not signed in: a form, and the answer by mail.

import { $, setText } from "../dom.js";
import { turn } from "./form.js";
import { askForm } from "./help-ask.js";
import { numberOf } from "./help-words.js";

const form = $("[data-ask-form]"), sent = $("[data-sent]");

askForm(form, (ticket) => {
  setText(sent, "number", numberOf(ticket));
  setText(sent, "email", ticket.email);
  turn(form, sent);
});
$("[data-again]", sent).addEventListener("click", () => turn(sent, form));
