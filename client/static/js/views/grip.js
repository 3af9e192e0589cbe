/** A separator one drags or moves with the arrow keys; the size it sets is remembered in this browser. */

import { setAttr } from "../dom.js";

const STEP = 16;
const AXES = {
  x: { at: "clientX", less: "ArrowLeft", more: "ArrowRight" },
  y: { at: "clientY", less: "ArrowDown", more: "ArrowUp" },
};

/** `size()` measures in px, `bounds()` gives [least, most], `show(px)` applies one; null means the natural size.
 *  Along "x" a size grows to the right, along "y" upwards. A double click goes back to the natural size. */
export class Grip {
  constructor(el, { key, axis, size, bounds, show }) {
    Object.assign(this, { el, key, size, bounds, show, ...AXES[axis], way: axis === "x" ? 1 : -1 });
    el.addEventListener("pointerdown", (event) => this.#drag(event));
    el.addEventListener("keydown", (event) => this.#nudge(event));
    el.addEventListener("dblclick", () => this.#forget());
    el.addEventListener("focus", () => this.#tell());
    const kept = Number(localStorage.getItem(key));
    if (kept) this.set(kept);
  }

  set(wanted) {
    const [least, most] = this.bounds();
    const px = Math.round(Math.max(least, Math.min(most, wanted)));
    this.show(px);
    localStorage.setItem(this.key, px);
    this.#tell(px);
  }

  #forget() {
    localStorage.removeItem(this.key);
    this.show(null);
    this.#tell();
  }

  #tell(px = Math.round(this.size())) {
    const [least, most] = this.bounds();
    setAttr(this.el, "aria-valuemin", least);
    setAttr(this.el, "aria-valuemax", Math.round(Math.max(most, px)));
    setAttr(this.el, "aria-valuenow", px);
  }

  #drag(event) {
    event.preventDefault();
    this.el.setPointerCapture(event.pointerId);
    const [from, size] = [event[this.at], this.size()];
    const move = (now) => this.set(size + this.way * (now[this.at] - from));
    this.el.addEventListener("pointermove", move);
    this.el.addEventListener("lostpointercapture", () => this.el.removeEventListener("pointermove", move), {
      once: true,
    });
  }

  #nudge(event) {
    const [least, most] = this.bounds();
    const to = {
      [this.less]: this.size() - STEP,
      [this.more]: this.size() + STEP,
      Home: least,
      End: most,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.set(to);
  }
}
