// The lists: one at a time, searched, paged, taken along as CSV; the address remembers which.

import { $, $$ } from "../dom.js";
import { debounce, throttle } from "../timing.js";
import { act } from "./admin-acts.js";
import { LISTS } from "./admin-columns.js";
import { api } from "./form.js";

const LIMIT = 40;
const body = $("[data-list-body]"), more = $("[data-more]"), none = $("[data-none]"), trouble = $("[data-trouble]");
const find = $("[data-find]"), search = $("input", find), days = $("[data-days]"), states = $("[data-states]"), csv = $("[data-csv]");
let name = "queue", items = [], next = null, asked = 0, counts = "";

async function show({ further = false } = {}) {
  const list = LISTS[name], mine = ++asked;
  try {
    const answer = await api.get(address(list, further ? { limit: LIMIT, before: next } : { limit: LIMIT }));
    if (mine !== asked) return;
    items = further ? [...items, ...answer.items] : list.read ? list.read(answer) : answer.items;
    next = answer.next ?? null;
    trouble.hidden = true;
    draw(list);
  } catch (error) {
    if (mine !== asked) return;
    trouble.textContent = error.message;
    trouble.hidden = false;
  }
  body.removeAttribute("aria-busy");
}

const pressed = (group) => $("[aria-pressed=true]", group);

function address({ path = `/api/admin/${name}` }, asked) {
  const query = new URLSearchParams(asked);
  if (search.value.trim()) query.set("q", search.value.trim());
  if (!states.hidden) query.set("status", pressed(states).dataset.state);
  if (!days.hidden) query.set("days", pressed(days).value);
  return `${path}?${query}`;
}

function draw({ columns, acts = () => [] }) {
  const table = Object.assign(document.createElement("table"), { className: "table num" });
  table.dataset.of = name;
  const head = table.createTHead().insertRow();
  for (const [words, , look] of columns) head.append(Object.assign(document.createElement("th"), { scope: "col", textContent: words, className: look === "end" ? "end" : "" }));
  const last = Object.assign(document.createElement("th"), { scope: "col" });
  last.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: "Acts" }));
  head.append(last);
  const rows = table.createTBody();
  for (const item of items) rows.append(row(item, columns, acts(item)));
  const focused = document.activeElement?.dataset?.key;
  body.replaceChildren(table);
  if (focused) $(`[data-key="${CSS.escape(focused)}"]`, body)?.focus();
  none.hidden = items.length > 0;
  table.hidden = !items.length;
  more.hidden = !next;
}

function row(item, columns, acts) {
  const el = document.createElement("tr");
  for (const [, show, look = ""] of columns) {
    const cell = Object.assign(el.insertCell(), { className: look });
    cell.append(show(item) ?? "–");
  }
  const last = Object.assign(el.insertCell(), { className: "end acts" });
  for (const one of acts) last.append(control(one, item));
  return el;
}

function control(one, item) {
  const el = document.createElement(one.href ? "a" : "button");
  el.className = "btn btn-quiet btn-mini";
  el.textContent = one.label;
  el.dataset.key = `${one.label} ${item.id}`;
  const of = document.createElement("span");
  Object.assign(of, { className: "visually-hidden", textContent: ` ${one.of ?? ""}` });
  el.append(of);
  if (one.href) el.href = one.href;
  if (one.href && !one.href.startsWith("#")) Object.assign(el, { target: "_blank", rel: "noopener" });
  else el.addEventListener("click", () => act(one, done));
  if (!one.href) el.type = "button";
  return el;
}

function done(words) {
  $("[data-news]").textContent = words;
  return show();
}

function turn() {
  const [wanted, words = ""] = location.hash.slice(1).split("?");
  name = Object.hasOwn(LISTS, wanted) ? wanted : "queue";
  const list = LISTS[name];
  for (const tab of $$("[data-list]")) {
    if (tab.dataset.list === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  const tab = $("[data-list][aria-current]");
  bringIn(tab);
  $("[data-title]").textContent = tab.textContent;
  search.value = decodeURIComponent(words);
  find.hidden = Boolean(list.whole);
  days.hidden = !list.days;
  states.hidden = name !== "queue";
  items = [];
  body.setAttribute("aria-busy", "true");
  show();
}

/** On a phone the tabs are wider than the screen; the page itself stays where it is. */
function bringIn(tab) {
  const bar = tab.parentElement, [at, from] = [tab, bar].map((el) => el.getBoundingClientRect());
  bar.scrollLeft += at.left - from.left - (from.width - at.width) / 2;
}

/** The list as it is searched, to its end. */
async function takeAlong() {
  const blob = await api.file(address(LISTS[name], { format: "csv" }));
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `emulsion-${name}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

const again = throttle(() => next === null || items.length <= LIMIT ? show() : null, 3000);

/** What the news mean for the list that is open. */
export const follow = {
  stats({ queues }) {
    const fresh = JSON.stringify([queues.images.queued, queues.images.running]);
    if (name === "workers" || (name === "queue" && fresh !== counts)) again();
    counts = fresh;
  },
  event() {
    if (name === "audit") again();
  },
};

search.addEventListener("input", debounce(() => show(), 250));
csv.addEventListener("click", () => {
  const what = $("[data-title]").textContent;
  act({ label: `CSV of ${what}`, title: `Take “${what}” along?`, words: "The list leaves the desk as a file, and the log says so.", go: "Download CSV", run: takeAlong }, done);
});
for (const group of [days, states]) {
  group.addEventListener("click", ({ target }) => {
    if (target === group) return;
    for (const button of $$("button", group)) button.setAttribute("aria-pressed", button === target);
    show();
  });
}
more.addEventListener("click", () => show({ further: true }));
addEventListener("hashchange", turn);
turn();
