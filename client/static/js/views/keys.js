// The keymap with what this browser has chosen.

import { actionOf } from "../keymap.js";
import { setting } from "../settings.js";

/** What a key event does in a scope, or null. */
export const keyed = (event, scope) => actionOf(event, scope, chosen());

export const chosen = () => ({ own: JSON.parse(setting("keys")), letters: setting("letters") === "on" });
