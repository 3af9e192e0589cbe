// The page that says what broke.

import { $ } from "../dom.js";

const copy = $("[data-copy]");

copy?.addEventListener("click", async () => {
  await navigator.clipboard.writeText($("[data-reference]").textContent);
  copy.textContent = "Copied";
});
$("[data-again]")?.addEventListener("click", () => location.reload());
