// The composition root of the workspace page.

import { Api } from "./api.js";
import { app } from "./app.js";
import { Commands } from "./commands.js";
import { Connection } from "./connection.js";
import { wish } from "./dom.js";
import { awaitPerson } from "./later.js";
import { Store } from "./store.js";

const ASK_AGAIN_MS = 3_000;
const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

const store = new Store();
const api = new Api({ csrf: meta("csrf-token") });
const atOnce = new Api({ pauses: [] });
const connection = new Connection({
  store,
  workspaceId: meta("workspace-id"),
  askSession: () => atOnce.get("/api/session"),
});
const commands = new Commands({ store, api, say: (name, data) => connection.say(name, data) });

api.onSignedOut = () => store.change(["ended"], (state) => (state.ended ??= "signed_out"));
Object.assign(app, { store, api, commands });

async function know() {
  try {
    const [session, models] = await Promise.all([api.get("/api/session"), api.get("/api/models")]);
    store.change(["session", "models"], (state) => {
      state.session = { user: session.user, plan: session.plan, quota: session.quota };
      state.models = models.items;
    });
  } catch {
    if (!store.state.ended) setTimeout(know, ASK_AGAIN_MS);
  }
}

store.watch(["ended"], ({ ended }) => ended && import("./views/room-ended.js"));
connection.open();
const VIEWS = [
  "tablet",
  "toasts",
  "others",
  "my-batches",
  "room-name",
  "sync-state",
  "queue-chip",
  "room-people",
  "account-menu",
  "shortcuts",
  "room-notes",
  "panel",
];
await Promise.all([know(), ...VIEWS.map((name) => import(`./views/${name}.js`))]);
document.body.dataset.ready = ""; // from here on every key and button is heard
awaitPerson();
if (location.hash === "#share") wish("share:open"); // the way that letters lead to
