// The list of workspaces: live, searchable, with create, rename, leave and delete.

import { io } from "../../vendor/socket.io/socket.io.esm.min.js";
import { $, $$, setText, wish } from "../dom.js";
import { ask } from "./ask.js";
import { api } from "./form.js";
import "../views/transfer-dialog.js";
import "../views/transfer-drop.js";
import { arranged, showResume, showRooms } from "./rooms.js";

const ME = document.body.dataset.user;
const ORDER_WORDS = {
  used: ["Last used", "Sorted by last used; sort by name"],
  name: ["Name", "Sorted by name; sort by last used"],
};
const FIRST_WORDS =
  "A workspace is a shared room: one chat, one table of pictures. Make your first one, or follow a link that somebody sent you.";

const list = $(".rooms"), resume = $("[data-resume]"), menu = $("[data-menu]"), note = $("[data-note]"), sort = $("[data-sort]");
const view = { order: "used", query: "" };
let workspaces = [];
let current = null;

async function refresh() {
  try {
    ({ items: workspaces } = await api.get("/api/workspaces?limit=200"));
    note.hidden = true;
    show();
  } catch (error) {
    if (error.status === 401) return location.assign("/login?next=/workspaces");
    note.hidden = false;
    $("span", note).textContent = error.message;
  } finally {
    list.removeAttribute("aria-busy");
  }
}

function show() {
  const found = arranged(workspaces, view);
  const last = view.query || view.order !== "used" ? null : found.find(({ cover }) => cover.length);
  showResume(resume, last);
  showRooms(list, found.filter((workspace) => workspace !== last));
  const empty = $("[data-empty]"), none = workspaces.length === 0;
  for (const tool of [$(".find"), sort]) tool.hidden = none;
  empty.hidden = found.length > 0 || !(none || view.query);
  empty.textContent = none ? FIRST_WORDS : `No workspace is called “${view.query}”.`;
}

function say(words) {
  $("[data-status]").textContent = words;
}

function create() {
  const id = crypto.randomUUID();
  ask({
    title: "New workspace",
    words: "A shared room: one chat, one table of pictures. You can invite people later.",
    go: "Create workspace",
    run: async (name) => location.assign(`/w/${(await api.post("/api/workspaces", { id, name })).workspace.id}`),
  });
}

const ACTS = {
  rename({ id, name }) {
    ask({ title: `Rename ${name}`, value: name, go: "Rename", run: async (name) => {
      await api.patch(`/api/workspaces/${id}`, { name });
      say(`Renamed to ${name}.`);
      await refresh();
    } });
  },
  duplicate({ id, name }) {
    wish("duplicate:open", { id, name });
  },
  export({ id, name }) {
    wish("export:open", { id, name });
  },
  delete({ id, name }) {
    ask({
      title: `Delete ${name}?`,
      words: "Its pictures and the chat go for everyone. Type the name to go on.",
      label: "Workspace name", retype: name, go: "Delete workspace", keep: "Keep it", danger: true,
      run: async () => {
        await api.delete(`/api/workspaces/${id}`);
        say(`${name} is deleted.`);
        await refresh();
      },
    });
  },
  leave({ id, name }) {
    ask({
      title: `Leave ${name}?`,
      words: "Your pictures stay with the group. To come back you need a new invitation.",
      named: false, go: "Leave workspace", keep: "Stay", danger: true,
      run: async () => {
        await api.delete(`/api/workspaces/${id}/members/${ME}`);
        say(`You left ${name}.`);
        await refresh();
      },
    });
  },
};

const MAY = {
  rename: ({ role }) => role !== "viewer",
  duplicate: ({ role }) => role !== "viewer",
  export: ({ role }) => role !== "viewer",
  leave: ({ role }) => role !== "owner",
  delete: ({ role }) => role === "owner",
};

function workspaceOf(element) {
  const key = element.closest("[data-key]")?.dataset.key;
  return workspaces.find(({ id }) => id === key);
}

function openMenu(button) {
  current = workspaceOf(button);
  for (const item of $$("[data-act]", menu)) item.hidden = !MAY[item.dataset.act](current);
  menu.showPopover({ source: button });
  const at = button.getBoundingClientRect();
  menu.style.setProperty("left", `${Math.max(8, at.right - menu.offsetWidth)}px`);
  menu.style.setProperty("top", `${Math.min(at.bottom + 4, innerHeight - menu.offsetHeight - 8)}px`);
  $("[data-act]:not([hidden])", menu).focus();
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-new]")) create();
  const more = target.closest("[data-more]");
  if (more) openMenu(more);
  const act = target.closest("[data-act]")?.dataset.act;
  if (!act) return;
  menu.hidePopover();
  ACTS[act](current);
});

$("[data-search]").addEventListener("input", ({ target }) => {
  view.query = target.value.trim();
  show();
});

sort.addEventListener("click", () => {
  view.order = view.order === "used" ? "name" : "used";
  const [word, label] = ORDER_WORDS[view.order];
  setText(sort, "sort", word);
  sort.setAttribute("aria-label", label);
  show();
});

const KEYS = {
  n: create,
  F2: (card) => card && MAY.rename(workspaceOf(card)) && ACTS.rename(workspaceOf(card)),
  ArrowRight: (card) => step(card, 1),
  ArrowLeft: (card) => step(card, -1),
};

function step(card, by) {
  const cards = $$(".resume:not([hidden]) .resume-open, .room-open");
  cards[cards.indexOf(card) + by]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]") || event.target.matches("input, textarea")) return;
  const key = KEYS[event.key];
  if (!key) return;
  event.preventDefault();
  key(event.target.closest(".room-open, .resume-open"));
});

const socket = io({ transports: ["websocket"] });
socket.on("connect", refresh);
socket.on("workspaces", refresh);
socket.on("transfer", (data) => wish("news:transfer", data));
socket.on("signed_out", () => location.assign("/login"));
await refresh();
