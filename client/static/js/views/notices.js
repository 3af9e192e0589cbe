// Word from a tab in the background: the title, the mark on the icon, and, where one asked for it, a notification.

import { app } from "../app.js";
import { $ } from "../dom.js";
import { setting } from "../settings.js";
import { batchNews } from "../words.js";

/** Tells of a finished batch of mine; silent while one is looking. */
export function tellOfBatch(generation, images) {
  if (!document.hidden || setting("notify") !== "yes" || Notification.permission !== "granted") return;
  const { name, id } = app.store.state.workspace;
  const face = images.find((image) => image.thumbs["384"])?.thumbs["384"];
  const notice = new Notification(name, {
    body: `${batchNews(images)}: ${generation?.template ?? images[0].prompt}`.slice(0, 200),
    icon: face,
    tag: `${id} ${generation?.id}`,
  });
  notice.addEventListener("click", () => (window.focus(), notice.close()));
}

/** A dot on the icon of the tab: "working", "done" or "" for none. */
export function markIcon(state) {
  const link = $('link[rel="icon"]');
  link.dataset.plain ??= link.href;
  if (link.dataset.state === state) return;
  link.dataset.state = state;
  if (!state) return void (link.href = link.dataset.plain);
  const img = new Image(64, 64);
  img.addEventListener("load", () => link.dataset.state === state && (link.href = dotted(img, state)));
  img.src = link.dataset.plain;
}

function dotted(img, state) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 64;
  const pen = canvas.getContext("2d");
  pen.drawImage(img, 0, 0, 64, 64);
  const token = state === "done" ? "--ok" : "--accent";
  pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  pen.beginPath();
  pen.arc(48, 48, 16, 0, 2 * Math.PI);
  pen.fill();
  return canvas.toDataURL("image/png");
}
