// Which stretch of time the charts show. The last hour comes over the socket, a day and more are asked for.

import { $, $$ } from "../dom.js";
import { showCharts } from "./admin-charts.js";
import { api } from "./form.js";

const RENEWED_MS = 10_000;
const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = (at) => new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short" });

const SPANS = {
  "15m": { minutes: 15, each: " a minute", words: "the last quarter of an hour", moment: clock, exactly: clock },
  "1h": { minutes: 60, each: " a minute", words: "the last hour", moment: clock, exactly: clock },
  "24h": { each: ", 15 min", words: "the last day", moment: clock, exactly: clock },
  "7d": { each: ", 2 h", words: "the last week", moment: day, exactly: (at) => `${day(at)}, ${clock(at)}` },
  "30d": { each: ", 8 h", words: "the last month", moment: day, exactly: (at) => `${day(at)}, ${clock(at)}` },
};

const group = $("[data-spans]");
let chosen = "1h", minutes = [], askedAt = 0;

/** The minutes of the last hour, as they are heard. */
export function heard(fresh) {
  minutes = fresh;
  draw();
}

function draw() {
  const span = SPANS[chosen];
  if (span.minutes) showCharts(minutes.slice(-span.minutes), span);
  else if (Date.now() - askedAt > RENEWED_MS) ask(chosen);
}

async function ask(name) {
  askedAt = Date.now();
  const answer = await api.get(`/api/admin/history?span=${name}`).catch(() => null);
  if (answer && name === chosen) showCharts(answer.steps, SPANS[name]);
}

group.addEventListener("click", ({ target }) => {
  if (!target.value) return;
  chosen = target.value;
  askedAt = 0;
  for (const button of $$("button", group)) button.setAttribute("aria-pressed", button === target);
  draw();
});
