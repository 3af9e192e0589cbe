// Accepting an invitation.

import { $ } from "../dom.js";
import { api, send } from "./form.js";

const form = $("[data-invite]");
const token = location.pathname.split("/").pop();

if (form) {
  send(form, () => api.post(`/api/invites/${token}/accept`), ({ workspace }) => location.assign(`/w/${workspace.id}`));
}
