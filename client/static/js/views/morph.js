// One picture growing out of another, where the browser can and the person likes movement.

const NAME = "view-transition-name";
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Runs change(), while the picture `from` seems to become the picture `to`; without `from` it is just run. */
export function morph(from, to, change) {
  if (!from || still.matches || !document.startViewTransition) return change();
  from.style.setProperty(NAME, "picture");
  const moving = document.startViewTransition(() => {
    from.style.removeProperty(NAME);
    to.style.setProperty(NAME, "picture");
    change();
  });
  moving.ready.catch(() => {}); // a hidden or hurried tab leaves the movement out
  moving.finished.finally(() => to.style.removeProperty(NAME));
}
