// A long press of a finger; browsers disagree on whether they tell of it, so it is timed here.

const PRESS_MS = 450,
  SLIP_PX = 10;

/** Calls fn(target) when a finger rests on `el`, and once more when it is lifted: the browser takes that for a
 *  press beside the menu that has come up, and closes it. The tap that ends the press does nothing more. */
export function onLongPress(el, fn) {
  let timer = null,
    from = null,
    pressed = false;
  const stop = () => clearTimeout(timer);
  el.addEventListener(
    "touchstart",
    ({ touches, target }) => {
      pressed = false;
      stop();
      if (touches.length > 1) return;
      from = { x: touches[0].clientX, y: touches[0].clientY };
      timer = setTimeout(() => ((pressed = true), fn(target)), PRESS_MS);
    },
    { passive: true },
  );
  el.addEventListener(
    "touchmove",
    ({ touches: [{ clientX, clientY }] }) => Math.hypot(clientX - from.x, clientY - from.y) > SLIP_PX && stop(),
    { passive: true },
  );
  el.addEventListener("touchend", (event) => {
    stop();
    if (!pressed) return;
    event.preventDefault();
    fn(event.target);
  });
  el.addEventListener("touchcancel", stop);
  el.addEventListener("contextmenu", (event) => event.pointerType === "touch" && event.preventDefault());
}
