// Workspaces on their way out and in: asking, following, and the words for it.

import { Api } from "./api.js";
import { plural } from "./words.js";

const ASK_MS = 2_000;
const SETTLED = ["inspected", "ready", "failed"];
const csrf = () => document.querySelector("meta[name=csrf-token]").content;

let shared;
export const api = () => (shared ??= new Api({ csrf: csrf() }));

/** Resolves when nothing more happens to the transfer by itself; `show` hears every step, by event or by asking. */
export function follow(transfer, show) {
  return new Promise((resolve, reject) => {
    const step = (now) => {
      show(now);
      if (SETTLED.includes(now.status)) end(() => resolve(now));
    };
    const hear = ({ detail }) => detail.transfer.id === transfer.id && step(detail.transfer);
    const ask = async () => {
      try {
        step((await api().get(`/api/transfers/${transfer.id}`)).transfer);
      } catch (error) {
        if (error.status) end(() => reject(error));
      }
    };
    const timer = setInterval(ask, ASK_MS);
    const end = (last) => {
      clearInterval(timer);
      document.removeEventListener("news:transfer", hear);
      last();
    };
    document.addEventListener("news:transfer", hear);
    step(transfer);
  });
}

/** Sends a file as it lies on the disk; fetch cannot tell how far an upload is. */
export function upload(file, show, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/imports");
    request.setRequestHeader("X-CSRFToken", csrf());
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => show(total ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? resolve(request.response.transfer) : reject(refused(request.response)));
    request.onerror = () => reject(refused(null));
    signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("id", crypto.randomUUID());
    form.append("file", file);
    request.send(form);
  });
}

const refused = (body) => new Error(body?.error.message ?? "The file could not be sent. Check the connection and try again.");

/** "42 images, 3 styles and 7 messages" */
export function inside({ images, styles, messages }) {
  const parts = [
    [images, "image"],
    [styles, "style"],
    [messages, "message"],
  ].filter(([count]) => count);
  const words = parts.map(([count, noun]) => plural(count, noun));
  return words.length ? `${words.slice(0, -1).join(", ")}${words.length > 1 ? " and " : ""}${words.at(-1)}` : "Nothing yet";
}
