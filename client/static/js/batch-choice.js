/** What one chooses among the combinations of a prompt: words, rows, how many of each, one seed or many. */

import { allowed, balanced, random } from "./batch-pick.js";
import { grouped, left, OPTIMAL } from "./price.js";

const SAMPLED = 1000;

export class BatchChoice {
  which = "balanced";
  off = new Map();
  skipped = new Set();

  /** `answer` is what expand said, `all` the combinations at hand, `cap` the most images of a batch. */
  constructor({ answer, all, each, seedMode, cap }) {
    Object.assign(this, { all, each, seedMode, cap, offer: answer.offer, count: BigInt(answer.count_text) });
    this.rows = answer.offer.items;
  }

  /** Whether every combination is at hand, not a sample of them. */
  get whole() {
    return BigInt(this.all.length) >= this.count;
  }

  /** The combinations that the ticked words allow. */
  get pool() {
    return this.off.size ? this.all.filter((item) => allowed(item, this.off)) : this.all;
  }

  get taken() {
    return this.rows.filter((_, place) => !this.skipped.has(place));
  }

  /** How many images this makes. */
  get n() {
    return this.taken.length * this.each;
  }

  /** One seed for all would make the same picture twice. */
  get repeats() {
    return this.each > 1 || new Set(this.taken.map(({ index }) => index)).size < this.taken.length;
  }

  get seeds() {
    return this.repeats ? "each" : this.seedMode;
  }

  tickWord(axis, word, on) {
    const words = this.off.get(axis) ?? this.off.set(axis, new Set()).get(axis);
    words[on ? "delete" : "add"](word);
    if (!words.size) this.off.delete(axis);
    this.draw(this.which);
  }

  tickRow(place, on) {
    this.skipped[on ? "delete" : "add"](place);
  }

  draw(which) {
    this.which = which;
    this.skipped.clear();
    if (which === "random") this.rows = random(this.pool, OPTIMAL);
    else this.rows = this.off.size ? balanced(this.pool, OPTIMAL) : this.offer.items;
  }

  /** The indices of a batch of these rows. */
  indices(rows = this.taken) {
    return rows.flatMap(({ index }) => Array(this.each).fill(index));
  }

  /** "6 of 12 combinations, balanced: every word gets its fair turn." */
  words() {
    const made = this.rows.length;
    if (!made) return "";
    const all = grouped(this.count);
    const how = this.which === "random" ? "Six by chance" : "Pick a sample: six, balanced";
    if (this.count > BigInt(SAMPLED)) return `${all[0].toUpperCase()}${all.slice(1)} combinations. ${how}.`;
    if (this.off.size && !this.whole) return `${made} of the ${all} combinations, with these words.`;
    if (this.off.size) return `${made} of ${grouped(this.pool.length)} combinations with these words.`;
    if (this.which === "random") return `${made} of ${all} combinations, by chance.`;
    const reasons = {
      seeds: `${all} combinations, each with further seeds.`,
      all: `All ${all} combinations.`,
      balanced: `${made} of ${all} combinations, balanced: every word gets its fair turn.`,
    };
    return reasons[this.offer.reason] ?? "";
  }

  /** The way to all combinations: `{n, offered, reason}`; a reason says why it is closed. */
  everything(quota) {
    const total = this.off.size ? BigInt(this.pool.length) : this.count;
    const n = total * BigInt(this.each);
    const offered = total > BigInt(this.rows.length) && (this.off.size === 0 || this.whole);
    return { n, offered, reason: this.#closed(n, left(quota)) };
  }

  #closed(n, rest) {
    if (this.count > BigInt(SAMPLED)) return "Only a sample can be made of so many.";
    if (n > BigInt(this.cap)) return `A batch has at most ${this.cap} images.`;
    return rest !== null && n > BigInt(rest) ? `You have ${rest} left today.` : "";
  }
}
