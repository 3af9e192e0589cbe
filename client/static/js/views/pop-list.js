/** A popover with a list to choose from: search, arrows, Enter; it opens beside the button that names it. */

import { app } from "../app.js";
import { $, $$, clone, keyed, setIcon, setText } from "../dom.js";
import { Favourites } from "../favourites.js";

const GAP = 8;

/** Fills `pop` from `items()` each time it opens; `row(item)` gives `{name, about, facts, face}`.
 *  With a `kind`, rows can be starred ("." or the star) and starred ones come first. */
export function pick(pop, { items, isChosen, choose, row, kind = null, stays = false }) {
  const list = $(".pop-list", pop);
  const search = $(".find-in", pop);
  const empty = $(".pop-empty", pop);
  const none = empty?.textContent;
  const render = () => {
    const words = (search?.value ?? "").toLowerCase();
    const stars = kind && new Favourites(kind, app.store.state.me.user_id);
    const all = stars ? stars.first(items()) : items();
    const found = all.filter((item) => Object.values(row(item)).join(" ").toLowerCase().includes(words));
    keyed(
      list,
      found,
      (item) => item.id,
      (item) => {
        const el = clone("pop-item");
        el.addEventListener("click", ({ target }) => {
          if (target.closest(".pop-fav")) return star(el.item);
          choose(el.item);
          if (stays) render();
          else pop.hidePopover();
        });
        return el;
      },
      (el, item) => {
        fill(el, item, row(item), isChosen(item));
        showStar(el, stars && item.id !== "" ? stars.has(item.id) : null);
      },
    );
    if (empty) {
      empty.hidden = found.length > 0;
      empty.textContent = words ? "Nothing by that name." : none;
    }
    rove(list, $("[aria-selected=true]", list) ?? list.firstElementChild);
  };
  const star = ({ id }) => {
    new Favourites(kind, app.store.state.me.user_id).toggle(id);
    render();
  };
  search?.addEventListener("input", render);
  pop.addEventListener("keydown", (event) => {
    const row = event.target.closest("[role=option]");
    if (row && kind && event.key === "." && row.item.id !== "") {
      star(row.item);
      row.focus();
    } else steer(event, pop, list);
  });
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

/** Arrows go through all that the popover holds: search, rows, the way to manage them. */
function steer(event, pop, list) {
  const rows = $$("[role=option]", list);
  const stops = [...$$(".find-in", pop), ...rows, ...$$(".menu-item", pop)];
  const at = stops.indexOf(event.target);
  const searching = event.target.matches(".find-in");
  const to = { ArrowDown: stops[at + 1], ArrowUp: stops[at - 1], ...(searching ? {} : ends(rows)) }[event.key];
  if (event.key === "Enter" && searching) {
    event.preventDefault();
    rows[0]?.click();
  } else if (rows.includes(event.target) && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    event.target.click();
  } else if (to && at >= 0) {
    event.preventDefault();
    if (rows.includes(to)) rove(list, to);
    to.focus();
  }
}

const ends = (rows) => ({ Home: rows[0], End: rows.at(-1) });

/** `starred` is null where a row cannot be starred. */
function showStar(el, starred) {
  const star = $(".pop-fav", el);
  star.hidden = starred === null;
  star.classList.toggle("is-on", Boolean(starred));
  setIcon($("svg", star), starred ? "star-fill" : "star");
  setText(el, "favourite", starred ? ", favourite" : "");
}

function rove(list, current) {
  for (const row of list.children) row.tabIndex = row === current ? 0 : -1;
}
