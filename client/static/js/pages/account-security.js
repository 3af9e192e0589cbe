// Password and devices.

import { $, clone, keyed, setText } from "../dom.js";
import { ago, moment } from "../timing.js";
import { leave, saved } from "./account.js";
import { device } from "./device.js";
import { api, send } from "./form.js";
import "./password-field.js";

const password = $("[data-password]"), list = $("[data-sessions]");

send(password, ({ current, password }) => api.post("/api/auth/password", { current, password }), () => {
  password.reset();
  saved(password, "Changed. Every other device is signed out.");
  show();
});

$("[data-log-out-everywhere]").addEventListener("click", () => {
  const keys = $("[data-keys]").checked;
  api.post("/api/auth/logout-everywhere", { keys }).then(leave, trouble);
});

async function show() {
  const { items } = await api.get("/api/account/sessions?limit=200");
  keyed(list, items.sort((a, b) => b.current - a.current), ({ id }) => id, row, fill);
  list.removeAttribute("aria-busy");
}

function row(session) {
  const el = clone("session");
  $("[data-end]", el).addEventListener("click", () => end(session));
  return el;
}

function fill(el, { user_agent, address, created_at, last_seen_at, current }) {
  const name = device(user_agent), last = ago(last_seen_at);
  setText(el, "device", name);
  setText(el, "use", `${last === "now" ? "In use now" : `Last used ${last} ago`} · ${address} · since ${moment(created_at)}`);
  $("[data-here]", el).hidden = !current;
  $("[data-end]", el).setAttribute("aria-label", `End ${name}${current ? ", this device" : ""}`);
}

async function end({ id, current }) {
  try {
    await api.delete(`/api/account/sessions/${id}`);
    if (current) return leave();
    await show();
    $("[data-news]").textContent = "The sign-in was ended.";
    $("[data-log-out-everywhere]").focus();
  } catch (error) {
    trouble(error);
  }
}

function trouble(error) {
  const line = $("[data-trouble]");
  line.textContent = error.message;
  line.hidden = false;
}

show().catch(trouble);
