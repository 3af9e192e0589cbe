// The row of numbers, each with its last sixty points along the bottom edge.

import { $, $$, setText } from "../dom.js";
import { plural } from "../words.js";

const POINTS = 60, WIDE = 240, HIGH = 44, TOP = 6;

const tiles = Object.fromEntries($$("[data-tile]").map((tile) => [tile.dataset.tile, { tile, points: [] }]));

/** What the last hour knows fills the lines at once; the others grow with what is heard. */
export function beginTiles(minutes) {
  tiles.queued.points = minutes.map(({ waiting }) => waiting);
  tiles.failed.points = minutes.map(({ failed }) => failed);
  tiles.wait.points = minutes.map(({ wait_p95 }) => wait_p95 ?? 0);
}

export function showTiles({ online, sockets, queues, workers, failures, finished, wait, today, revenue, paying }) {
  const { queued, running, oldest_s } = queues.images;
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  const makers = workers.filter(({ kind }) => kind === "images").length;
  show("online", online, plural(sockets, "tab"), online);
  show("queued", queued, oldest_s == null ? "nobody waits" : `oldest ${seconds(oldest_s)}`, queued);
  show("running", running, `${plural(makers, "worker")}, ${plural(queues.chat.running, "reply", "replies")}`, running);
  show("failed", failed, finished ? `${((100 * failed) / finished).toFixed(1)} % of ${finished}` : "nothing was made", failed);
  show("wait", wait.p95 == null ? "–" : seconds(wait.p95), wait.p50 == null ? "" : `half within ${seconds(wait.p50)}`, wait.p95 ?? 0);
  const [[currency, cents]] = [...Object.entries(revenue), ["usd", 0]];
  show("month", money(cents, currency), `${paying} paying, ${plural(today.images, "image")} and ${today.users} new today`, cents);
  tiles.failed.tile.classList.toggle("is-warn", failed > 0);
}

function show(name, value, beside, point) {
  const { tile, points } = tiles[name];
  setText(tile, "value", String(value));
  setText(tile, "beside", beside);
  points.push(point);
  points.splice(0, points.length - POINTS);
  draw(tile, points);
}

function draw(tile, heard) {
  const points = heard.length > 1 ? heard : [...heard, ...heard]; // one is a level line
  const most = Math.max(1, ...points);
  const step = WIDE / (points.length - 1);
  const line = points.map((point, k) => `${(k * step).toFixed(1)},${(HIGH - 1 - (point / most) * (HIGH - TOP)).toFixed(1)}`);
  $(".spark-line", tile).setAttribute("points", line.join(" "));
  $(".spark-area", tile).setAttribute("d", `M0,${HIGH} L${line.join(" L")} L${WIDE},${HIGH} Z`);
}

export const seconds = (value) => (value < 10 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`);

export function money(cents, currency) {
  return new Intl.NumberFormat("en-US", { style: "currency", currency: currency.toUpperCase() }).format(cents / 100);
}
