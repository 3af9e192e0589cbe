// The composition root of the workspace page.

import { Api } from "./api.js";
import { app } from "./app.js";
import { Commands } from "./commands.js";
import { Connection } from "./connection.js";
import { Store } from "./store.js";

const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

const store = new Store();
const api = new Api({ csrf: meta("csrf-token") });
const connection = new Connection({ store, workspaceId: meta("workspace-id"), askSession: () => api.get("/api/session") });
const commands = new Commands({ store, api, say: (name, data) => connection.say(name, data) });

api.onSignedOut = () => store.change(["ended"], (state) => (state.ended ??= "signed_out"));
Object.assign(app, { store, api, commands });

async function know() {
  const [session, models] = await Promise.all([api.get("/api/session"), api.get("/api/models")]);
  store.change(["session", "models"], (state) => {
    state.session = { user: session.user, plan: session.plan, quota: session.quota };
    state.models = models.items;
  });
}

connection.open();
await Promise.all([know(), import("./views/room.js"), import("./views/panel.js")]);
