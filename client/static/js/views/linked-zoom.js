// One zoom for several pictures: what is looked at in one is looked at in all.

const MOST = 12,
  STEP = 1.4,
  WHEEL = 0.0015;

export class LinkedZoom {
  #scale = 1;
  #x = 0;
  #y = 0;

  /** `stage` is moved by wheel and pointer; `pictures` are transformed; `say(words)` hears how large they stand. */
  constructor(stage, pictures, say) {
    Object.assign(this, { stage, pictures, say });
    stage.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.#drag(event));
    stage.addEventListener("dblclick", ({ target }) => target.closest("img") && this.toggle());
    for (const picture of pictures) picture.addEventListener("load", () => this.#show());
  }

  fit() {
    this.#to(1, 0, 0);
  }

  by(way) {
    const scale = this.#scale * STEP ** way;
    this.#to(scale, (this.#x * scale) / this.#scale, (this.#y * scale) / this.#scale);
  }

  /** Fit, or one pixel of the file on one of the screen. */
  toggle() {
    if (this.#scale > 1.001) this.fit();
    else this.#to(Math.max(1.001, 1 / this.#shown), 0, 0);
  }

  /** How many pixels of the screen one pixel of the file takes when it fits. */
  get #shown() {
    const { naturalWidth, naturalHeight, offsetWidth, offsetHeight } = this.pictures[0];
    return naturalWidth ? Math.min(offsetWidth / naturalWidth, offsetHeight / naturalHeight) : 1;
  }

  #to(scale, x, y) {
    this.#scale = Math.min(MOST, Math.max(1, scale));
    const free = this.#scale > 1 ? 1 : 0;
    const reach = (size) => ((this.#scale - 1) * size) / 2;
    const { offsetWidth, offsetHeight } = this.pictures[0];
    const inside = (value, size) => Math.max(-reach(size), Math.min(reach(size), value)) * free;
    this.#x = inside(x, offsetWidth);
    this.#y = inside(y, offsetHeight);
    this.#show();
  }

  #show() {
    for (const picture of this.pictures)
      picture.style.setProperty("transform", `translate(${this.#x}px, ${this.#y}px) scale(${this.#scale})`);
    const percent = Math.round(100 * this.#shown * this.#scale);
    this.say(this.#scale > 1.001 ? `${percent} %` : `Fit, ${percent} %`);
  }

  /** Zooms so that what is under the pointer stays there. */
  #wheel(event) {
    event.preventDefault();
    const frame = event.target.closest(".cmp-frame") ?? this.stage;
    const { left, top, width, height } = frame.getBoundingClientRect();
    const [px, py] = [event.clientX - left - width / 2, event.clientY - top - height / 2];
    const scale = Math.min(MOST, Math.max(1, this.#scale * Math.exp(-event.deltaY * WHEEL)));
    const grown = scale / this.#scale;
    this.#to(scale, px - (px - this.#x) * grown, py - (py - this.#y) * grown);
  }

  #drag(event) {
    if (this.#scale <= 1 || event.target.closest("input, button")) return;
    const from = { x: event.clientX - this.#x, y: event.clientY - this.#y };
    const move = ({ clientX, clientY }) => this.#to(this.#scale, clientX - from.x, clientY - from.y);
    const end = () => {
      this.stage.removeEventListener("pointermove", move);
      this.stage.removeEventListener("pointerup", end);
      this.stage.removeEventListener("pointercancel", end);
    };
    this.stage.addEventListener("pointermove", move);
    this.stage.addEventListener("pointerup", end);
    this.stage.addEventListener("pointercancel", end);
  }
}
