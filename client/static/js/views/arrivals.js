// "↑ 6 new from Ana": what came while one looked further down.

import { setText } from "../dom.js";
import { isMe, personOf } from "../people.js";

const NEAR_TOP_PX = 120;

export class Arrivals {
  #known = null;
  #newestBefore = "";
  #unseen = [];

  constructor(tablet, pill) {
    Object.assign(this, { tablet, pill });
    pill.addEventListener("click", () => tablet.scrollTo({ top: 0, behavior: "smooth" }));
    tablet.addEventListener("scroll", () => this.#atTop && this.#seen(), { passive: true });
  }

  look(batches) {
    const newest =
      this.#known === null
        ? []
        : batches.filter(
            ({ generation }) => generation.created_at > this.#newestBefore && !this.#known.has(generation.id),
          );
    this.#known = new Set(batches.map(({ generation }) => generation.id));
    this.#newestBefore = batches[0]?.generation.created_at ?? "";
    if (newest.some(({ generation }) => isMe(generation.author_id)))
      this.tablet.scrollTo({ top: 0, behavior: "smooth" });
    else if (!this.#atTop) this.#unseen.push(...newest);
    this.#show();
  }

  get #atTop() {
    return this.tablet.scrollTop < NEAR_TOP_PX;
  }

  #seen() {
    this.#unseen = [];
    this.#show();
  }

  #show() {
    this.pill.hidden = !this.#unseen.length;
    if (this.pill.hidden) return;
    const count = this.#unseen.reduce((sum, { images }) => sum + images.length, 0);
    const authors = new Set(this.#unseen.map(({ generation }) => generation.author_id));
    setText(this.pill, "pill", `${count} new${authors.size === 1 ? ` from ${personOf([...authors][0]).name}` : ""}`);
  }
}
