/** A popover with a list to choose from: search, arrows, Enter; it opens beside the button that names it. */

import { $, $$, clone, keyed, setText } from "../dom.js";

const GAP = 8;

/** Fills `pop` from `items()` each time it opens; `row(item)` gives `{name, about, facts, face}`. */
export function pick(pop, { items, isChosen, choose, row, stays = false }) {
  const list = $(".pop-list", pop);
  const search = $(".find-in", pop);
  const render = () => {
    const words = (search?.value ?? "").toLowerCase();
    const found = items().filter((item) => Object.values(row(item)).join(" ").toLowerCase().includes(words));
    keyed(
      list,
      found,
      (item) => item.id,
      (item) => {
        const el = clone("pop-item");
        el.addEventListener("click", () => {
          choose(el.item);
          if (stays) render();
          else pop.hidePopover();
        });
        return el;
      },
      (el, item) => fill(el, item, row(item), isChosen(item)),
    );
    const empty = $(".pop-empty", pop);
    if (empty) empty.hidden = found.length > 0;
    rove(list, $("[aria-selected=true]", list) ?? list.firstElementChild);
  };
  search?.addEventListener("input", render);
  search?.addEventListener(
    "keydown",
    (event) => event.key === "ArrowDown" && (event.preventDefault(), list.firstElementChild?.focus()),
  );
  list.addEventListener("keydown", (event) => steer(event, list));
  open(pop, () => {
    if (search) search.value = "";
    render();
    (search ?? $("[tabindex='0']", list))?.focus({ preventScroll: true });
  });
  return render;
}

/** Places a popover beside its button and calls `onOpen` when it opens. */
export function open(pop, onOpen = () => {}) {
  pop.addEventListener("beforetoggle", ({ newState }) => {
    const button = $(`[popovertarget="${pop.id}"]`);
    button.setAttribute("aria-expanded", newState === "open");
  });
  pop.addEventListener("toggle", ({ newState }) => {
    if (newState !== "open") return;
    onOpen();
    place(pop, $(`[popovertarget="${pop.id}"]`));
  });
}

function place(pop, button) {
  const at = button.getBoundingClientRect();
  const below = at.top < innerHeight / 2;
  const room = below ? innerHeight - at.bottom : at.top;
  const left = Math.max(GAP, Math.min(at.left, innerWidth - pop.offsetWidth - GAP));
  pop.style.setProperty("left", `${left}px`);
  pop.style.setProperty("top", below ? `${at.bottom + GAP}px` : "auto");
  pop.style.setProperty("bottom", below ? "auto" : `${innerHeight - at.top + GAP}px`);
  pop.style.setProperty("max-height", `${room - 2 * GAP}px`);
}

function fill(el, item, { name, about, facts, face, tone }, chosen) {
  el.item = item;
  setText(el, "name", name);
  setText(el, "about", about);
  setText(el, "facts", facts);
  el.setAttribute("aria-selected", chosen);
  dress($(".pop-face", el), face, tone ?? item.id);
}

/** A small picture, or a quiet gradient that stays the same for the same key. */
export function dress(el, url, key = "") {
  const seed = ([...String(key)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % 6) + 1;
  el.dataset.seed = seed;
  const have = $("img", el);
  if (!url) return have?.remove();
  const img = have ?? document.createElement("img");
  if (img.getAttribute("src") !== url) img.src = url;
  img.alt = "";
  if (!have) el.append(img);
}

function steer(event, list) {
  const rows = $$("[role=option]", list);
  const at = rows.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    document.activeElement.click();
  } else if (to !== undefined && rows[to]) {
    event.preventDefault();
    rove(list, rows[to]);
    rows[to].focus();
  }
}

function rove(list, current) {
  for (const row of list.children) row.tabIndex = row === current ? 0 : -1;
}
