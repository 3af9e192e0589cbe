// The keys of this browser, as the room's own list shows them.

import { $ } from "../dom.js";
import { KeyTable } from "../views/key-table.js";
import "./account.js";

new KeyTable($("[data-keyboard]")).render();
