// The live desk: its socket, the dot that says whether it is live, and who gets the news.

import { io } from "../../vendor/socket.io/socket.io.esm.min.js";
import { $, setText } from "../dom.js";
import { showConnections } from "./admin-connections.js";
import { beginEvents, showEvent } from "./admin-events.js";
import { follow } from "./admin-lists.js";
import { heard } from "./admin-spans.js";
import { api } from "./form.js";
import { beginTiles, showTiles } from "./admin-tiles.js";

const STALE_MS = 5_000;
const HOUR = 60;
const TOPICS = ["stats", "events"];

const live = $("[data-live]"), pause = $("[data-pause]");
const socket = io("/admin", { transports: ["websocket"], reconnectionDelay: 1000, reconnectionDelayMax: 3000 });
let minutes = [];
let heardAt = 0;
let paused = false;

async function watch() {
  const answer = await socket.timeout(10_000).emitWithAck("watch", { topics: paused ? [] : TOPICS }).catch(() => null);
  if (!answer || answer.error || paused) return;
  minutes = answer.minutes;
  beginTiles(minutes);
  beginEvents();
  heard(minutes);
  if (answer.stats) hear(answer.stats);
}

function hear(stats) {
  heardAt = Date.now();
  const known = minutes.findIndex(({ at }) => at === stats.minute.at);
  if (known >= 0) minutes[known] = stats.minute;
  else minutes = [...minutes, stats.minute].slice(-HOUR);
  showTiles(stats);
  heard(minutes);
  showConnections(stats.connections);
  follow.stats(stats);
  $("#main").removeAttribute("aria-busy");
  beat();
}

/** Says how fresh the numbers are. */
function beat() {
  const age = Date.now() - heardAt;
  const seconds = Math.floor(age / 1000);
  if (paused) say("paused", "Paused");
  else if (!heardAt) say("connecting", "Connecting…");
  else if (age > STALE_MS) say("stale", `Last update ${seconds < 90 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`} ago`);
  else say("live", "Live");
}

function say(state, words) {
  live.dataset.live = state;
  setText(live, "state", words);
}

pause.addEventListener("click", () => {
  paused = !paused;
  pause.setAttribute("aria-pressed", paused);
  pause.textContent = paused ? "Go on" : "Pause";
  watch();
  beat();
});

/** Cut or refused: whoever is no superuser any more finds nothing here. */
async function askWhether() {
  const session = await api.get("/api/session").catch(() => null);
  if (session && !session.user?.is_superuser) location.assign(session.user ? "/" : "/login?next=/admin");
  else if (!socket.active) setTimeout(() => socket.connect(), 2000);
}

socket.on("connect", watch);
socket.on("stats", (stats) => !paused && hear(stats));
socket.on("admin.event", (event) => {
  showEvent(event);
  follow.event(event);
});
socket.on("connect_error", askWhether);
socket.on("disconnect", (reason) => reason === "io server disconnect" && askWhether());
setInterval(beat, 1000);
