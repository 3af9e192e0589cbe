// API keys: made, shown once, deleted.

import { $, clone, keyed, setText } from "../dom.js";
import { ago, moment } from "../timing.js";
import { saved } from "./account.js";
import { ask } from "./ask.js";
import { api, send } from "./form.js";

const form = $("[data-new]"), made = $("[data-made]"), list = $("[data-keys]"), secret = $("#secret");
const SCOPES = ["read", "generate", "admin"];

send(form, make, (answer) => {
  form.reset();
  secret.value = answer.secret;
  saved(made, "");
  made.hidden = false;
  $("h2", made).focus();
  show();
});

function make({ name, ...checked }) {
  const scopes = SCOPES.filter((scope) => scope in checked);
  if (!scopes.length) throw new Error("Choose at least one scope.");
  return api.post("/api/keys", { name, scopes });
}

$("[data-copy]").addEventListener("click", async () => {
  secret.select();
  const copied = await navigator.clipboard?.writeText(secret.value).then(() => true, () => false);
  saved(made, copied ? "Copied." : "Press Ctrl C to copy it.");
});

async function show() {
  const { items } = await api.get("/api/keys?limit=200");
  keyed(list, items, ({ id }) => id, row, fill);
  $("[data-none]").hidden = items.length > 0;
  list.hidden = !items.length;
  list.removeAttribute("aria-busy");
}

function row(key) {
  const el = clone("key");
  $("[data-delete]", el).addEventListener("click", () => askToDelete(key));
  return el;
}

function fill(el, { name, scopes, last4, created_at, last_used_at }) {
  const last = last_used_at && ago(last_used_at);
  const use = !last ? "never used" : last === "now" ? "in use now" : `last used ${last} ago`;
  setText(el, "name", name);
  setText(el, "use", `…${last4} · ${scopes.join(", ")} · ${use} · made ${moment(created_at)}`);
  $("[data-delete]", el).setAttribute("aria-label", `Delete ${name}`);
}

function askToDelete({ id, name }) {
  ask({
    title: `Delete “${name}”?`,
    words: "What uses it stops working at once.",
    named: false,
    go: "Delete key",
    danger: true,
    async run() {
      await api.delete(`/api/keys/${id}`);
      await show();
      $("[data-news]").textContent = "The key was deleted.";
    },
  });
}

show();
