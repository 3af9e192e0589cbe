// Help for who is signed in: the requests at the left, one of them at the right, live; superusers see everybody's.

import { io } from "../../vendor/socket.io/socket.io.esm.min.js";
import { $, $$ } from "../dom.js";
import { debounce } from "../timing.js";
import { api } from "./form.js";
import { askForm } from "./help-ask.js";
import { cannedReplies } from "./help-canned.js";
import { HelpList } from "./help-list.js";
import { HelpThread } from "./help-thread.js";

const { user: me, staff: mark } = document.body.dataset;
const staff = mark !== undefined;
const main = $(".help-split"), note = $("[data-note]"), news = $("[data-news]");
const list = new HelpList($(".help-list"), { me, staff, onShow: () => read() });
const thread = new HelpThread($(".help-thread"), { me, staff, onChange: changed });
const ask = askForm($("[data-ask-form]"), (ticket) => {
  list.put(ticket);
  go(`/help?ticket=${ticket.id}`);
  news.textContent = "Sent. The answer comes here and by mail.";
});
let next = null;

/** One page of the list; `older` asks for what comes after. A page that was overtaken by news is asked for again. */
async function read(older = false) {
  const asked = new URLSearchParams({ limit: 60 });
  if (list.show === "mine") asked.set("mine", "1");
  else if (list.show) asked.set("status", list.show);
  if (older) asked.set("before", next);
  await attempt(async () => {
    const known = list.changes;
    const page = await api.get(`/api/tickets?${asked}`);
    if (list.changes !== known) return read(older);
    next = page.next;
    list.take(page.items, next, !older);
  });
}

/** Shows what the address names: a request, the form of a new one, or neither. */
async function show() {
  const asked = new URLSearchParams(location.search);
  const id = asked.get("ticket"), image = asked.get("image");
  const isNew = asked.has("new") || image !== null;
  list.choose(id);
  if (image) ask.attach(image);
  if (id) await attempt(async () => thread.open((await api.get(`/api/tickets/${encodeURIComponent(id)}`)).ticket));
  const pane = id && thread.ticket?.id === id ? "thread" : isNew ? "new" : "blank";
  for (const part of $$("[data-pane]")) part.hidden = part.dataset.pane !== pane;
  main.dataset.shows = pane === "blank" ? "list" : "pane";
}

async function go(address) {
  history.pushState(null, "", address);
  await show();
  $("[data-pane]:not([hidden]) h2")?.focus({ preventScroll: true });
}

/** Takes in a request that changed, as this tab or another made it. */
function heard({ ticket }) {
  list.put(ticket);
  if (thread.ticket?.id !== ticket.id) return;
  const last = ticket.replies.at(-1);
  const isNew = last.id !== thread.ticket.replies.at(-1).id;
  thread.update(ticket);
  if (isNew && last.author_id !== me) news.textContent = `${last.author?.name ?? "Somebody"} wrote: ${last.body.slice(0, 200)}`;
}

async function changed(id, ticket = null) {
  await attempt(async () => heard({ ticket: ticket ?? (await api.get(`/api/tickets/${id}`)).ticket }));
}

async function attempt(work) {
  try {
    await work();
    note.hidden = true;
  } catch (error) {
    if (error.status === 401) return location.assign(`/login?next=${encodeURIComponent("/help")}`);
    note.hidden = false;
    $("span", note).textContent = error.message;
  }
}

main.addEventListener("click", (event) => {
  const row = event.target.closest(".ticket-row");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(row.getAttribute("href"));
});
$("[data-new]").addEventListener("click", () => go("/help?new"));
$("[data-back]").addEventListener("click", () => go("/help"));
$("[data-older]").addEventListener("click", () => read(true));
addEventListener("popstate", show);

const socket = io({ transports: ["websocket"] });
socket.on("ticket", heard);
socket.on("connect", debounce(() => (read(), thread.ticket && changed(thread.ticket.id)), 100));
socket.on("signed_out", () => location.assign("/login?next=/help"));

if (staff) cannedReplies(thread.body);
await read();
if (list.isEmpty && !staff && !location.search) history.replaceState(null, "", "/help?new");
show();
setInterval(() => list.render(), 60_000);
