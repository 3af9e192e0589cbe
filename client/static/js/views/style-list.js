/** The list at the left of the editor: what is there, by name, and which one is open. */

import { $, clone, keyed, setAttr, setText } from "../dom.js";
import { dress } from "./pop-list.js";

/** Shows those of a kind whose name holds the searched words; `choose(id)` opens one. */
export function showList(el, kind, chosen, choose) {
  const words = $(".find-in", el).value.toLowerCase();
  const found = kind.all().filter((entity) => entity.name.toLowerCase().includes(words));
  const empty = $(".desk-empty", el);
  empty.hidden = found.length > 0;
  empty.textContent = words ? "Nothing by that name." : kind.empty;
  keyed(
    $(".rows", el),
    found,
    (entity) => entity.id,
    (entity) => {
      const row = clone("row-item");
      $("button", row).addEventListener("click", () => choose(entity.id));
      return row;
    },
    (row, entity) => {
      setText(row, "name", entity.name);
      setText(row, "facts", kind.facts(entity));
      setAttr($("button", row), "aria-current", entity.id === chosen ? "true" : null);
      dress($(".pop-face", row), kind.cover(entity), entity.id);
    },
  );
}
