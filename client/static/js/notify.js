// Whether this browser tells of batches that end: asked for by a click, never on load.

import { set } from "./settings.js";

const refusal = (text) => (set("notify", "no"), { text, tone: "danger" });

/** Switches notifications on or off; what to say about it. The browser is asked only here. */
export async function askToNotify(on) {
  set("notify", "no");
  if (!on) return { text: "You will not be told any more when a batch ends." };
  if (!("Notification" in window)) return refusal("This browser cannot show notifications.");
  if ((await Notification.requestPermission()) !== "granted")
    return refusal("The browser does not allow notifications for this page.");
  set("notify", "yes");
  return { text: "You will be told when a batch of yours ends while its tab is in the background." };
}
