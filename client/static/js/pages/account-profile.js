// The profile: today's use, name, address.

import { $, setText } from "../dom.js";
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

function showUse({ used, limit, resets_at }) {
  const section = $("[data-usage]"), meter = $(".ticks20", section);
  setText(section, "used", used);
  setText(section, "limit", `of ${limit} images`);
  setText(section, "left", `${Math.max(0, limit - used)} left. The count starts again in ${until(resets_at)}. Failed and cancelled images are given back.`);
  meter.setAttribute("aria-valuemax", limit);
  meter.setAttribute("aria-valuenow", used);
  meter.replaceChildren(...Array.from({ length: limit }, (_, k) => Object.assign(document.createElement("span"), { className: k < used ? "on" : "" })));
  section.hidden = false;
}

function until(iso) {
  const minutes = Math.max(1, Math.round((Date.parse(iso) - Date.now()) / 60_000));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const { quota } = await api.get("/api/session");
if (quota?.limit) showUse(quota);
