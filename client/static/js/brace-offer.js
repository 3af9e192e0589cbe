// When a closing brace is worth offering; pure.

const MARK = /\\[{}|\\]|[{}]/g;

/** How many braces stand open at the end of a text. */
function depth(text) {
  let open = 0;
  for (const [sign] of text.matchAll(MARK)) {
    if (sign === "{") open++;
    else if (sign === "}") open = Math.max(0, open - 1);
  }
  return open;
}

/** Whether a } at the caret closes a brace that nothing else closes. */
export const wantsClosing = (text, caret) => depth(text) > 0 && depth(text.slice(0, caret)) > 0;
