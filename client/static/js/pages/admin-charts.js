// The three charts, and the same numbers as tables. What they draw are steps: stretches of time, oldest first.

import uPlot from "../../vendor/uplot/uPlot.esm.js";
import { $, $$, setText } from "../dom.js";

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const axis = { stroke: color("--text-3"), font: "11px Inter, sans-serif", grid: { stroke: color("--line-inner"), width: 1 }, ticks: { show: false } };
const whole = { ...axis, size: 36, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] };
const right = { ...axis, side: 1, size: 40, grid: { show: false } };
const line = (stroke) => ({ stroke, width: 1.5, points: { show: true, size: 4, width: 0, fill: stroke } });
const bars = (stroke, fill = stroke) => ({ stroke, fill, width: 1, paths: uPlot.paths.bars({ size: [0.7, 12] }), points: { show: false } });
const upTo = (least) => ({ range: (_, low, high) => [0, Math.max(least, high ?? 0)] });

const CHARTS = {
  queue: {
    high: 220,
    series: [
      { label: "waiting", ...line(color("--accent")), fill: color("--accent-faint"), points: { show: false } },
      { label: "wait, p95 (s)", ...line(color("--chart-1")), scale: "s" },
    ],
    scales: { y: upTo(1), s: upTo(1) },
    axes: [whole, { ...right, scale: "s" }],
    columns: (step) => [step.waiting, step.wait_p95],
    words: (steps, span) => `Images waiting in ${span.words}, at most ${most(steps, "waiting")}, now ${steps.at(-1).waiting}.`,
  },
  ended: {
    high: 220,
    series: [
      { label: "ready", ...bars(color("--chart-2")) },
      { label: "failed", ...bars(color("--danger")) },
      { label: "cancelled", ...bars(color("--text-3"), "transparent") },
    ],
    scales: { y: upTo(1) },
    axes: [whole],
    order: [2, 0, 1],
    columns: (step) => [step.ready, step.failed, step.cancelled],
    plotted: ([ready, failed, cancelled]) => [ready && ready + failed, failed, cancelled && ready + failed + cancelled].map((value) => value || null),
    name: (span) => `Images${span.each}`,
    words: (steps, span) => `Images${span.each} in ${span.words}: ${sum(steps, "ready")} ready, ${sum(steps, "failed")} failed, ${sum(steps, "cancelled")} cancelled.`,
  },
  providers: {
    high: 132,
    series: [
      { label: "p50 (s)", ...line(color("--chart-1")) },
      { label: "p95 (s)", ...line(color("--chart-3")) },
      { label: "failed (%)", ...bars(color("--danger")), scale: "%" },
    ],
    scales: { y: upTo(1), "%": upTo(5) },
    axes: [{ ...axis, size: 36 }, { ...right, scale: "%" }],
    order: [2, 1, 0],
    columns: ({ connections }) => {
      const { p50, p95, failed_share } = connections[chosen] ?? {};
      return [p50, p95, failed_share == null ? null : Math.round(1000 * failed_share) / 10];
    },
    plotted: ([half, most, failed]) => [half, most, failed || null],
    words: (steps, span) => `Seconds to a picture of ${chosen ?? "nobody"} in ${span.words}, and the part that failed.`,
  },
};

const most = (steps, name) => Math.max(0, ...steps.map((step) => step[name] ?? 0));
const sum = (steps, name) => steps.reduce((total, step) => total + step[name], 0);
const drawn = new Map();
let chosen = null, last = null;

for (const figure of $$("[data-chart]")) {
  const toggle = $("[data-table]", figure);
  toggle.addEventListener("click", () => {
    const on = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", on);
    $("[data-rows]", figure).hidden = !on;
    $("[data-plot]", figure).hidden = on;
    if (on && last) show(figure, ...last);
  });
}

/** Draws each chart; `span` says in words which time it is and writes its moments. */
export function showCharts(steps, span) {
  if (!steps.length) return;
  last = [steps, span];
  for (const figure of $$("[data-chart]")) show(figure, steps, span);
}

/** The connection whose times the third chart shows. */
export function showProvider(id) {
  chosen = id;
  if (last) show($('[data-chart="providers"]'), ...last);
}

function show(figure, steps, span) {
  const chart = CHARTS[figure.dataset.chart], place = $("[data-plot]", figure), rows = steps.map(chart.columns);
  if (chart.name) setText(figure, "name", chart.name(span));
  place.setAttribute("aria-label", chart.words(steps, span));
  if (place.hidden) return table($("[data-rows]", figure), chart, steps, rows, span);
  const shown = rows.map(chart.plotted ?? ((row) => row));
  const order = chart.order ?? chart.series.map((_, k) => k);
  const data = [steps.map(({ at }) => Date.parse(at) / 1000), ...order.map((k) => shown.map((row) => row[k] ?? null))];
  plot(figure.dataset.chart, chart, order, place, data);
}

function plot(name, chart, order, place, data) {
  if (drawn.has(name)) return drawn.get(name).setData(data);
  const x = { ...axis, size: 28, space: 56, values: (_, ticks) => ticks.map((tick) => last[1].moment(tick * 1000)) };
  const made = new uPlot({
    width: place.clientWidth || 300,
    height: chart.high,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: chart.scales,
    series: [{}, ...order.map((k) => chart.series[k])],
    axes: [x, ...chart.axes],
  }, data, place);
  drawn.set(name, made);
  new ResizeObserver(() => place.clientWidth && made.setSize({ width: place.clientWidth, height: chart.high })).observe(place);
}

function table(place, chart, steps, rows, span) {
  const made = document.createElement("table");
  made.className = "table num";
  const head = made.createTHead().insertRow();
  for (const words of ["From", ...chart.series.map(({ label }) => label)]) {
    head.append(Object.assign(document.createElement("th"), { scope: "col", textContent: words }));
  }
  const body = made.createTBody();
  for (let k = rows.length - 1; k >= 0; k--) {
    const row = body.insertRow();
    for (const value of [span.exactly(steps[k].at), ...rows[k]]) row.insertCell().textContent = value ?? "–";
  }
  place.replaceChildren(made);
}
