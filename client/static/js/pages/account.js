// What every tab of the account shares: logging out, words for what was saved.

import { $ } from "../dom.js";
import { api } from "./form.js";

export function leave() {
  location.assign("/login");
}

export function saved(form, words) {
  $("[data-saved]", form).textContent = words;
}

api.onSignedOut = leave;
$("[data-log-out]").addEventListener("click", () => api.post("/api/auth/logout").then(leave, () => {}));
