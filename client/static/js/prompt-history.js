/** Earlier prompts, walked with Alt+Up and Alt+Down; the one being written is kept at the end of the walk. */
export class PromptHistory {
  #at = -1;
  #written = "";

  /** The next older of `prompts` (newest first) that differs from `current`, or null at the end. */
  older(prompts, current) {
    if (this.#at < 0) this.#written = current;
    for (let at = this.#at + 1; at < prompts.length; at++) {
      if (prompts[at] === current) continue;
      this.#at = at;
      return prompts[at];
    }
    return null;
  }

  /** The next newer one, at last the one that was being written; null when one is there already. */
  newer(prompts) {
    if (this.#at < 0) return null;
    this.#at--;
    return this.#at < 0 ? this.#written : prompts[this.#at];
  }

  /** Typing ends the walk. */
  rest() {
    this.#at = -1;
  }
}

/** A person's templates among generations, newest first, each once. */
export function templatesOf(userId, generations) {
  const mine = [...generations].filter((generation) => generation.author_id === userId && generation.template);
  mine.sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  return [...new Set(mine.map((generation) => generation.template))];
}
