// The door: log in, sign up, ask for a new password, choose one.

import { $, $$ } from "../dom.js";
import { api, send, turn } from "./form.js";
import "./password-field.js";

const form = $("[data-door]");

const DOORS = {
  login: () => send(form, (values) => api.post("/api/auth/login", values), enter),
  register: () => send(form, (values) => api.post("/api/auth/register", values), welcome),
  forgot: () => send(form, askForLink, () => turn(form, $("[data-done]"))),
  reset() {
    const token = location.hash.slice(1);
    if (!token) return turn(form, $("[data-missing]"));
    send(form, ({ password }) => api.post("/api/auth/password-reset/confirm", { token, password }).catch(notHere), () => turn(form, $("[data-done]")));
  },
};

function askForLink(values) {
  return api.post("/api/auth/password-reset", values).catch(notHere);
}

/** An installation without mail has no such endpoint. */
function notHere(error) {
  if (error.status !== 404 && error.status !== 503) throw error;
  error.message = "This installation cannot send mail yet. Ask whoever runs it to set a new password for you.";
  throw error;
}

/** Only places on this site are gone to. */
function next() {
  const asked = new URL(new URLSearchParams(location.search).get("next") ?? "/", location.origin);
  return asked.origin === location.origin ? asked.pathname + asked.search + asked.hash : "/";
}

function enter() {
  location.assign(next());
}

/** Where addresses are confirmed by mail the answer carries no user. */
function welcome(answer) {
  if (answer?.user) return enter();
  location.assign("/login");
}

for (const link of $$("[data-keep-next]")) link.search = location.search;
DOORS[form.dataset.door]();
