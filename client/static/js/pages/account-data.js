// A copy of one's data, and leaving.

import { $ } from "../dom.js";
import { leave } from "./account.js";
import { api, send } from "./form.js";
import "./password-field.js";

send($("[data-delete]"), ({ current }) => api.delete("/api/account", { current }), leave);
