/** Writing into a prompt box so that the person can take it back, and without moving their caret. */

/** Writes as typing would, so that Ctrl+Z brings the old text back. */
export function write(box, text) {
  box.focus();
  box.select();
  insert(box, text);
}

/** Puts a text where the selection is, as typing would. */
export function insert(box, text) {
  const wrote = document.activeElement === box && document.execCommand(text ? "insertText" : "delete", false, text);
  if (wrote) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input"));
}

/** Shows a text from elsewhere; the caret stays where it was. */
export function adopt(box, text) {
  if (box.value === text) return;
  const { selectionStart, selectionEnd } = box;
  box.value = text;
  if (document.activeElement === box) box.setSelectionRange(selectionStart, selectionEnd);
}
