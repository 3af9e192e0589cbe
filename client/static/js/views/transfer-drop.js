// An export dropped anywhere on the page, or chosen from the disk, is looked through.

import { $, wish } from "../dom.js";

const picker = $("[data-archive]");
let depth = 0;

const carriesFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");

function mark(by) {
  depth = Math.max(0, depth + by);
  document.body.classList.toggle("is-dropping", depth > 0);
}

function take(file) {
  if (file && !$("dialog[open]")) wish("import:open", file);
}

document.addEventListener("dragenter", (event) => carriesFiles(event) && mark(1));
document.addEventListener("dragleave", (event) => carriesFiles(event) && mark(-1));
document.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  mark(-depth);
  take(event.dataTransfer.files[0]);
});
picker.addEventListener("change", () => {
  take(picker.files[0]);
  picker.value = "";
});
document.addEventListener("click", ({ target }) => target.closest("[data-import]") && picker.click());
