/** The final prompt as the server will make it: what is written bright, what style and theme add grey. */

import { $$ } from "../dom.js";

/** Shows `final` ({prompt, negative}) in an element that holds two `.flat` lines. */
export function showPreview(el, prompt, final) {
  const [words, negative] = $$(".flat", el);
  const at = prompt ? final.prompt.indexOf(prompt) : -1;
  const end = at + prompt.length;
  words.replaceChildren(
    ...(at < 0 ? [final.prompt] : [grey(final.prompt.slice(0, at)), prompt, grey(final.prompt.slice(end))]),
  );
  negative.hidden = !final.negative;
  negative.textContent = `Without: ${final.negative}`;
}

function grey(text) {
  const el = document.createElement("span");
  el.className = "dim";
  el.textContent = text;
  return el;
}
