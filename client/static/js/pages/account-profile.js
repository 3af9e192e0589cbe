// The profile: name and address.

import { $ } from "../dom.js";
import { saved } from "./account.js";
import { api, send } from "./form.js";
import "./password-field.js";

const profile = $("[data-profile]"), address = $("[data-email]");

send(profile, ({ name }) => api.patch("/api/account", { name }), ({ user }) => {
  $("[data-me]").textContent = profile.elements.name.value = user.name;
  saved(profile, "Saved. Everyone sees it now.");
});

send(address, ({ email, current }) => api.patch("/api/account", { email, current }), ({ user }) => {
  const wished = address.elements.email.value.trim().toLowerCase();
  address.elements.current.value = "";
  $("[data-address]").textContent = user.email;
  saved(address, user.email === wished ? "Changed." : "Look into your mail: the link there makes the change.");
});
