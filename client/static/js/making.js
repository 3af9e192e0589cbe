/** From a body to a batch: a prompt with macros asks first, errors go where the person looks. */

import { app } from "./app.js";
import { wish } from "./dom.js";
import { generateBody } from "./draft.js";
import { offered } from "./price.js";
import { count } from "./reading.js";

/** The body my draft means right now. */
export function bodyOfDraft() {
  return generateBody(app.draft.current, app.store.state);
}

/** How many images a body would make by the offer; `each` further seeds a prompt. */
export function imagesOf(body, each = 1) {
  return offered(count(body.prompt, body.negative ?? "")) * each;
}

/** Generates, or asks first when the prompt has more than one combination. */
export function make(body, each = 1) {
  if (count(body.prompt, body.negative ?? "") > 1n) wish("batch:ask", { ...body, each });
  else submit(each > 1 ? { ...body, batch_size: each } : body, each);
}

/** Posts a body that makes n images. */
export async function submit(body, n) {
  wish("generate:sent");
  try {
    await app.commands.generate(body, n);
    wish("generate:accepted");
  } catch (error) {
    wish("generate:failed", error);
  }
}
