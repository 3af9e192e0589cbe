// Hints for newcomers: each goes for good once it is closed.

for (const tip of document.querySelectorAll("[data-tip]")) {
  const key = `tip:${tip.dataset.tip}`;
  tip.hidden = localStorage.getItem(key) === "closed";
  tip.querySelector("button").addEventListener("click", () => {
    localStorage.setItem(key, "closed");
    tip.hidden = true;
    document.querySelector(tip.dataset.then).focus();
  });
}
