// What happened lately and what happens while one looks: the newest line on top.

import { $ } from "../dom.js";
import { did, nobody } from "./admin-words.js";
import { api } from "./form.js";

const MOST = 12, ASKED = 60;
const QUIET = ["desk.seen"];
const list = $("[data-events]"), quiet = $("[data-quiet]");

/** What happened before one came; that somebody looks is in the log only. */
export async function beginEvents() {
  const { items } = await api.get(`/api/admin/audit?limit=${ASKED}`).catch(() => ({ items: [] }));
  list.replaceChildren();
  for (const entry of items.reverse()) showEvent({ type: entry.act, at: entry.created_at, data: entry });
}

export function showEvent({ type, at, data }) {
  if (QUIET.includes(type) || $(`[data-key="${data.id}"]`, list)) return;
  const line = document.createElement("li");
  line.dataset.key = data.id;
  const time = Object.assign(document.createElement("time"), { className: "dim", dateTime: at });
  time.textContent = new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const who = Object.assign(document.createElement("b"), { textContent: data.actor ?? nobody(type) });
  const of = data.target ?? data.facts.list;
  const words = document.createElement("span");
  words.append(who, ` ${did(type)}${of ? ` ${of}` : ""}`);
  line.append(time, words);
  list.prepend(line);
  while (list.children.length > MOST) list.lastChild.remove();
  quiet.hidden = true;
}
