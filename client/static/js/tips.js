// Hints for newcomers, one at a time: the next comes when the last was used or closed, and each goes for good.

const USES = {
  wall: ["lightbox:open", () => true],
  prompt: ["input", ({ target }) => target.id === "prompt" && target.value.includes("{")],
  chat: ["submit", ({ target }) => target.matches(".composer")],
};
const tips = Object.keys(USES).flatMap((name) => document.querySelector(`[data-tip=${name}]`) ?? []);
const keyOf = (tip) => `tip:${tip.dataset.tip}`;

function show() {
  const next = tips.find((tip) => localStorage.getItem(keyOf(tip)) !== "closed");
  for (const tip of tips) tip.hidden = tip !== next;
}

function close(tip) {
  localStorage.setItem(keyOf(tip), "closed");
  show();
}

for (const tip of tips) {
  const [sign, isUse] = USES[tip.dataset.tip];
  document.addEventListener(sign, (event) => isUse(event) && close(tip));
  tip.querySelector("button").addEventListener("click", () => {
    close(tip);
    document.querySelector(tip.dataset.then).focus();
  });
}
show();
