// Zooming and dragging the picture of the lightbox.

import "../../vendor/panzoom/panzoom.min.js";

const { Panzoom } = globalThis; // the small build is no module
const STEP = 1.4;

export class Zoom {
  constructor(picture, stage, say) {
    Object.assign(this, { picture, say });
    this.pan = Panzoom(picture, {
      maxScale: 12,
      minScale: 1,
      step: 0.25,
      cursor: "default",
      panOnlyWhenZoomed: true,
      noBind: false,
    });
    stage.addEventListener("wheel", (event) => this.pan.zoomWithWheel(event), { passive: false });
    picture.addEventListener("dblclick", () => this.toggle());
    picture.addEventListener("panzoomchange", () => this.#tell());
    picture.addEventListener("load", () => this.#tell());
    new ResizeObserver(() => this.#tell()).observe(picture);
  }

  get atFit() {
    return this.pan.getScale() <= 1.001;
  }

  fit() {
    this.pan.reset({ animate: false });
    this.#tell();
  }

  /** Fit, or one pixel of the file on one of the screen. */
  toggle() {
    if (this.atFit) this.pan.zoom(Math.max(1, this.#whole), { animate: true });
    else this.pan.reset({ animate: true });
  }

  by(way) {
    this.pan.zoom(this.pan.getScale() * STEP ** way, { animate: true });
  }

  /** The scale at which the file is shown at its own size. */
  get #whole() {
    return this.picture.naturalWidth / (this.picture.offsetWidth || 1);
  }

  #tell() {
    if (!this.picture.naturalWidth) return this.say("");
    const shown = Math.round((100 * this.pan.getScale()) / this.#whole);
    this.picture.classList.toggle("is-zoomed", !this.atFit);
    this.say(this.atFit ? `Fit, ${shown} %` : `${shown} %`);
  }
}
