// Today's images as twenty segments or fewer; nothing where nothing is counted.

import { $, setAttr, setText } from "../dom.js";

const MOST = 20;
const section = $("[data-usage]"), meter = $(".ticks20", section);

export function showUse({ used, limit, resets_at }) {
  section.hidden = limit === null;
  if (limit === null) return;
  setText(section, "used", used);
  setText(section, "limit", `of ${limit} images`);
  setText(section, "left", `${Math.max(0, limit - used)} left. The count starts again in ${until(resets_at)}. Failed and cancelled images are given back.`);
  setAttr(meter, "aria-valuemax", limit);
  setAttr(meter, "aria-valuenow", used);
  const segments = Math.min(limit, MOST);
  meter.replaceChildren(...Array.from({ length: segments }, (_, k) => segment(k < Math.ceil((used * segments) / limit))));
}

function segment(isOn) {
  return Object.assign(document.createElement("span"), { className: isOn ? "on" : "" });
}

function until(iso) {
  const minutes = Math.max(1, Math.round((Date.parse(iso) - Date.now()) / 60_000));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
