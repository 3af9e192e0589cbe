// Charts of the last hour, and the same numbers as a table.

import uPlot from "../../vendor/uplot/uPlot.esm.js";
import { $, $$ } from "../dom.js";

const HIGH = 220;
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

const axis = { stroke: color("--text-3"), font: "11px Inter, sans-serif", grid: { stroke: color("--line-inner"), width: 1 }, ticks: { show: false } };
const whole = { ...axis, size: 36, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] };
const hours = { ...axis, size: 28, values: (_, ticks) => ticks.map((tick) => clock(tick * 1000)) };
const dots = { show: true, size: 4, width: 0, fill: color("--chart-1") };
const bars = uPlot.paths.bars({ size: [0.7, 12] });

const CHARTS = {
  queue: {
    series: [
      { label: "waiting", stroke: color("--accent"), fill: color("--accent-faint"), width: 1.5, points: { show: false } },
      { label: "wait, p95 (s)", stroke: color("--chart-1"), width: 1.5, scale: "s", spanGaps: true, points: dots },
    ],
    axes: [whole, { ...axis, side: 1, scale: "s", size: 40, grid: { show: false } }],
    columns: (minute) => [minute.waiting, minute.wait_p95],
    words: (minutes) => `Images waiting in the last hour, at most ${most(minutes, "waiting")}, now ${minutes.at(-1).waiting}.`,
  },
  minutes: {
    series: [
      { label: "ready", stroke: color("--chart-2"), fill: color("--chart-2"), paths: bars, points: { show: false } },
      { label: "failed", stroke: color("--danger"), fill: color("--danger"), paths: bars, points: { show: false } },
    ],
    axes: [whole],
    columns: (minute) => [minute.ready, minute.failed],
    plotted: ([ready, failed]) => [ready + failed, failed],
    words: (minutes) => `Images a minute in the last hour, at most ${most(minutes, "ready")}; ${sum(minutes, "failed")} failed in all.`,
  },
};

const most = (minutes, name) => Math.max(0, ...minutes.map((minute) => minute[name] ?? 0));
const sum = (minutes, name) => minutes.reduce((total, minute) => total + minute[name], 0);
const drawn = new Map();

for (const figure of $$("[data-chart]")) {
  const toggle = $("[data-table]", figure);
  toggle.addEventListener("click", () => {
    const on = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", on);
    $("[data-rows]", figure).hidden = !on;
    $("[data-plot]", figure).hidden = on;
  });
}

/** Draws each chart of the minutes, oldest first. */
export function showCharts(minutes) {
  if (!minutes.length) return;
  for (const [name, chart] of Object.entries(CHARTS)) {
    const figure = $(`[data-chart="${name}"]`);
    const rows = minutes.map(chart.columns);
    const shown = rows.map(chart.plotted ?? ((row) => row));
    const data = [minutes.map(({ at }) => Date.parse(at) / 1000), ...chart.series.map((_, k) => shown.map((row) => row[k]))];
    plot(name, chart, $("[data-plot]", figure), data);
    $("[data-plot]", figure).setAttribute("aria-label", chart.words(minutes));
    if (!$("[data-rows]", figure).hidden || !$("[data-rows] table", figure)) table($("[data-rows]", figure), chart, minutes, rows);
  }
}

function plot(name, chart, place, data) {
  if (drawn.has(name)) return drawn.get(name).setData(data);
  const options = {
    width: place.clientWidth || 300,
    height: HIGH,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: { y: { range: (_, low, high) => [0, Math.max(1, high)] }, s: { range: (_, low, high) => [0, Math.max(1, high ?? 1)] } },
    series: [{}, ...chart.series],
    axes: [hours, ...chart.axes],
  };
  const made = new uPlot(options, data, place);
  drawn.set(name, made);
  new ResizeObserver(() => place.clientWidth && made.setSize({ width: place.clientWidth, height: HIGH })).observe(place);
}

function table(place, chart, minutes, rows) {
  const made = document.createElement("table");
  made.className = "table num";
  const head = made.createTHead().insertRow();
  for (const words of ["Minute", ...chart.series.map(({ label }) => label)]) {
    head.append(Object.assign(document.createElement("th"), { scope: "col", textContent: words }));
  }
  const body = made.createTBody();
  for (let k = rows.length - 1; k >= 0; k--) {
    const row = body.insertRow();
    for (const value of [clock(minutes[k].at), ...rows[k]]) row.insertCell().textContent = value ?? "–";
  }
  place.replaceChildren(made);
}
