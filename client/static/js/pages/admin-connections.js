// How each connection does: a dot, its name, and how long it takes; a click on the name shows its chart.

import { $, $$, keyed } from "../dom.js";
import { showProvider } from "./admin-charts.js";
import { seconds } from "./admin-tiles.js";

const list = $("[data-connections]");
const SVG = "http://www.w3.org/2000/svg";
let chosen = null;

export function showConnections(connections) {
  const slowest = Math.max(1, ...connections.map(({ p95 }) => p95 ?? 0));
  keyed(list, connections, ({ kind, id }) => `${kind} ${id}`, row, (el, connection) => fill(el, connection, slowest));
  if (chosen === null && connections.length) choose((connections.find(({ p50 }) => p50 != null) ?? connections[0]).id);
}

function choose(id) {
  chosen = id;
  for (const name of $$(".prov-name", list)) name.setAttribute("aria-pressed", name.value === id);
  showProvider(id);
}

function row() {
  const el = document.createElement("li");
  const name = Object.assign(document.createElement("button"), { className: "prov-name", type: "button" });
  name.addEventListener("click", () => choose(name.value));
  name.append(Object.assign(document.createElement("span"), { className: "dot" }), document.createElement("span"));
  const [half, most, failed] = ["", "dim", "dim"].map((className) => Object.assign(document.createElement("span"), { className }));
  el.append(name, bar(), half, most, failed);
  return el;
}

function bar() {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["class", "prov-bar"], ["viewBox", "0 0 100 8"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
  for (const [className, y, height, width] of [["pb-bed", 3, 2, 100], ["pb-95", 2.5, 3, 0], ["pb-50", 2.5, 3, 0]]) {
    const rect = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ class: className, y, height, width })) rect.setAttribute(name, value);
    svg.append(rect);
  }
  return svg;
}

function fill(el, { id, healthy, message, p50, p95, failed_share }, slowest) {
  const [name, svg, half, most, failed] = el.children;
  $(".dot", name).className = `dot ${healthy ? "ok" : "warn"}`;
  name.lastChild.textContent = healthy ? id : `${id}, away`;
  name.title = message ?? "";
  name.value = id;
  name.setAttribute("aria-pressed", id === chosen);
  $(".pb-50", svg).setAttribute("width", (100 * (p50 ?? 0)) / slowest);
  $(".pb-95", svg).setAttribute("width", (100 * (p95 ?? 0)) / slowest);
  half.textContent = p50 == null ? "–" : seconds(p50);
  most.textContent = p95 == null ? "–" : seconds(p95);
  failed.textContent = failed_share == null ? "–" : `${(100 * failed_share).toFixed(1)} %`;
  failed.className = failed_share > 0.05 ? "amber" : "dim";
}
