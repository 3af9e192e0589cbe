// The few verbs with which views touch the page.

const ICONS = new URL("../vendor/icons.svg", import.meta.url).pathname;

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** A fresh copy of the first element in <template id>. */
export function clone(templateId) {
  return document.getElementById(templateId).content.firstElementChild.cloneNode(true);
}

/** Writes text into the element marked data-text=name; hides it when there is nothing to say. */
export function setText(el, name, text) {
  const target = $(`[data-text="${name}"]`, el);
  const words = text ?? "";
  if (target.textContent !== String(words)) target.textContent = words;
  target.hidden = words === "";
}

/** Sets or removes an attribute; false, null and undefined remove it. */
export function setAttr(el, name, value) {
  if (value === false || value == null) el.removeAttribute(name);
  else if (el.getAttribute(name) !== String(value)) el.setAttribute(name, value === true ? "" : value);
}

/** An icon of the sprite, sized by class: icon("star", "i-14"). */
export function icon(name, size = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `i ${size}`.trim());
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  setIcon(svg, name);
  return svg;
}

export function setIcon(svg, name) {
  setAttr($("use", svg), "href", `${ICONS}#${name}`);
}

/** Makes the children of listEl match items, keeping elements by key; children without a key stay where they are. */
export function keyed(listEl, items, keyOf, create, update = () => {}) {
  const wanted = new Map(items.map((item) => [String(keyOf(item)), item]));
  const have = new Map();
  for (const child of [...listEl.children]) {
    const { key } = child.dataset;
    if (key === undefined) continue;
    if (wanted.has(key)) have.set(key, child);
    else child.remove();
  }
  let place = [...listEl.children].find((child) => child.dataset.key !== undefined) ?? null;
  for (const [key, item] of wanted) {
    const el = have.get(key) ?? create(item);
    el.dataset.key = key;
    if (el === place) place = place.nextElementSibling;
    else listEl.insertBefore(el, place);
    update(el, item);
  }
}

/** Announces a wish to whoever listens on the document. */
export function wish(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}
