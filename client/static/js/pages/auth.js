// The door: log in, sign up, ask for a new password, choose one.

import { $, $$, setText } from "../dom.js";
import { api, send, turn } from "./form.js";
import "./password-field.js";

const form = $("[data-door]");

const DOORS = {
  login: () => send(form, logIn, enter),
  register: () => send(form, (values) => api.post("/api/auth/register", values), welcome),
  forgot: () => send(form, (values) => api.post("/api/auth/password-reset", values), done),
  reset: () => follow((token, { password }) => api.post("/api/auth/password-reset/confirm", { token, password })),
  confirm: () => follow((token) => api.post("/api/auth/confirm", { token })),
};

/** The secret of a mailed link is in the fragment, which no server and no other site gets to see. */
function follow(call) {
  const token = location.hash.slice(1);
  if (!token) return turn(form, $("[data-missing]"));
  send(form, (values) => call(token, values), done);
}

function done() {
  turn(form, $("[data-done]"));
}

async function logIn(values) {
  try {
    return await api.post("/api/auth/login", values);
  } catch (error) {
    if (error.code !== "account_leaving") throw error;
    return { leaving: error.message, values };
  }
}

/** Somebody signs in whose account is about to be deleted: keep it, or not? */
function askWhetherToKeep({ leaving, values }) {
  const question = $("[data-leaving]");
  setText(question, "leaving", leaving);
  turn(form, question);
  $("[data-keep]").addEventListener("click", () =>
    api.post("/api/auth/login", { ...values, restore: true }).then(enter, ({ message }) => setText(question, "leaving", message)),
  );
}

/** Only places on this site are gone to. */
function next() {
  const asked = new URL(new URLSearchParams(location.search).get("next") ?? "/", location.origin);
  return asked.origin === location.origin ? asked.pathname + asked.search + asked.hash : "/";
}

function enter(answer) {
  if (answer?.leaving) return askWhetherToKeep(answer);
  location.assign(next());
}

/** Where addresses are confirmed by mail the answer carries no user. */
function welcome(answer) {
  if (answer?.user) return enter();
  done();
}

for (const link of $$("[data-keep-next]")) link.search = location.search;
DOORS[form.dataset.door]();
