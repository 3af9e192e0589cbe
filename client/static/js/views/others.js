// What other people delete is said here, with the way back; a burst becomes one toast.

import { app } from "../app.js";
import { wish } from "../dom.js";
import { isMe, personOf } from "../people.js";
import { canEdit } from "../pictures.js";
import { plural } from "../words.js";
import { restore } from "./picture-acts.js";

const BURST_MS = 600;
const bursts = new Map();

app.store.follow(({ type, data, actor_id }) => {
  if (type !== "image.deleted" || !actor_id || isMe(actor_id)) return;
  const burst = bursts.get(actor_id);
  if (burst) return burst.push(data.id);
  bursts.set(actor_id, [data.id]);
  setTimeout(() => tell(actor_id), BURST_MS);
});

function tell(actor) {
  const ids = bursts.get(actor);
  bursts.delete(actor);
  const person = personOf(actor);
  const action = canEdit(app.store.state) ? { label: "Restore", run: () => restore(ids) } : null;
  wish("toast", { text: `${person.name} deleted ${plural(ids.length, "image")}.`, person, action });
}
