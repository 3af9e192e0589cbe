// What the helpdesk says about a request: its state, its number, how its picture was made.

import { markdown } from "../markdown.js";
import { failure } from "../words.js";

const STATES = { open: ["Open", ""], waiting: ["Waiting for you", "run"], solved: ["Solved", "ok"] };
const STAFF_STATES = { open: ["Open", "run"], waiting: ["Waiting", ""], solved: ["Solved", "ok"] };

/** [words, look] of a status; what oneself has to answer is amber. */
export const stateOf = (status, staff) => (staff ? STAFF_STATES : STATES)[status];

export const numberOf = ({ id }) => id.slice(-6).toUpperCase();
export const imageName = (imageId) => `Image ${imageId.slice(-4).toUpperCase()}`;

/** The words of a Markdown text on one line. */
export function inOneLine(text) {
  const blocks = [...markdown(text).childNodes].flatMap((block) => (block.matches?.("ul, ol") ? [...block.children] : block));
  return blocks.map((block) => block.textContent.trim()).filter(Boolean).join(" ");
}

/** "Rendered in 3.2 s", "The image server is too busy", "Cancelled". */
export function outcome({ status, error, timings }) {
  if (status === "failed") return failure(error).head;
  if (status === "ready") return timings.took_s === null ? "Ready" : `Ready after ${seconds(timings.took_s)}`;
  return status.slice(0, 1).toUpperCase() + status.slice(1);
}

/** [[name, words]…] of a trace, without what is not known. */
export function traceRows({ model, connection, attempts, settings, ignored, error, timings }) {
  const { width, height, ...rest } = settings;
  const rows = [
    ["Model", model],
    ["Connection", connection],
    ["Attempts", attempts],
    ["Size", `${width} × ${height}`],
    ...Object.entries(rest).map(([name, value]) => [named(name), value]),
    ["Ignored", ignored.map(named).join(", ")],
    ["Error", error && `${error.kind}: ${error.message}`],
    ["Asked for", timings.created_at && timings.created_at.replace("T", " ")],
    ["Waited", timings.waited_s === null ? null : seconds(timings.waited_s)],
    ["Took", timings.took_s === null ? null : seconds(timings.took_s)],
  ];
  return rows.filter(([, words]) => words !== null && words !== "");
}

const seconds = (value) => `${value.toLocaleString("en", { maximumFractionDigits: 1 })} s`;
const named = (name) => (name === "cfg_scale" ? "CFG" : name.slice(0, 1).toUpperCase() + name.slice(1));
