// The account: today's use, name, password, signing out.

import { $, setText } from "../dom.js";
import { api, send } from "./form.js";
import "./password-field.js";

const profile = $("[data-profile]"), password = $("[data-password]");

send(profile, ({ name }) => api.patch("/api/account", { name }), (answer) => {
  const { name } = answer.user ?? answer.account;
  $("[data-me]").textContent = profile.elements.name.value = name;
  saved(profile, "Saved. Everyone sees it now.");
});

send(password, ({ current, password }) => api.post("/api/auth/password", { current, password }), () => {
  password.reset();
  saved(password, "Changed. Every other device is signed out.");
});

function saved(form, words) {
  $("[data-saved]", form).textContent = words;
}

for (const [mark, path] of [["[data-log-out]", "/api/auth/logout"], ["[data-log-out-everywhere]", "/api/auth/logout-everywhere"]]) {
  $(mark).addEventListener("click", () => api.post(path).then(() => location.assign("/login"), trouble));
}

function trouble(error) {
  const line = $("[data-trouble]");
  line.textContent = error.message;
  line.hidden = false;
}

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
