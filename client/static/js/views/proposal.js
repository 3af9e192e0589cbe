/** A proposed prompt as a card: what it changes, what it costs, and what to do with it. */

import { app } from "../app.js";
import { $, clone, setText, wish } from "../dom.js";
import { generateBody, whole } from "../draft.js";
import { macroSpans, painted } from "../ink.js";
import { imagesOf, make } from "../making.js";
import { clock, personOf, wear } from "../people.js";
import { isLooking } from "../pictures.js";
import { images, proposalPrice } from "../price.js";
import { debounce } from "../timing.js";
import { addedSpans, diffWords } from "../word-diff.js";
import { openMenu } from "./menus.js";
import { copy } from "./picture-acts.js";

const DIFF_MS = 250;
const ALIKE = 0.25;

export function createProposal(proposal) {
  const el = clone("proposal");
  el.renderSoon = debounce(() => el.isConnected && renderOpen(el), DIFF_MS);
  el.unwatch = app.store.watch(["prompt", "session", "models"], () =>
    el.isConnected ? el.renderSoon() : el.unwatch(),
  );
  el.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-act]");
    if (button) ACTS[button.dataset.act](el, button);
  });
  return el;
}

export function updateProposal(el, proposal) {
  el.proposal = proposal;
  const open = proposal.status === "open";
  if (!open && el.contains(document.activeElement)) el.closest(".msg").focus();
  el.classList.toggle("is-used", !open);
  $(".offer-foot", el).hidden = !open || isLooking(app.store.state);
  $(".offer-by", el).hidden = open;
  if (!open) $(".offer-edit", el).hidden = true;
  if (open) renderOpen(el);
  else renderDecided(el);
}

const ACTS = {
  use: (el) => take(el, el.proposal.prompt),
  generate: (el) => make(bodyOf(el.proposal)),
  dismiss: (el) => decide(el, "dismissed"),
  edit: (el) => edit(el, true),
  leave: (el) => (edit(el, false), $("[data-act=edit]", el).focus()),
  more: (el, button) => openMenu($("#offer-menu"), button, MENU, (what) => MENU[what](el)),
  take: (el) => (take(el, $("textarea", el).value), edit(el, false)),
};

const MENU = {
  append: (el) => (wish("prompt:append", { text: el.proposal.prompt }), decide(el, "used")),
  copy: (el) => copy(el.proposal.prompt),
};

function take(el, text) {
  const { negative, settings } = el.proposal;
  wish("prompt:use", { text, negative, settings });
  decide(el, "used");
}

function edit(el, on) {
  $(".offer-edit", el).hidden = !on;
  $(".offer-foot", el).hidden = on;
  if (!on) return;
  $("textarea", el).value = el.proposal.prompt;
  $("textarea", el).focus();
  el.scrollIntoView({ block: "nearest" });
}

async function decide(el, status) {
  const { id } = el.proposal;
  try {
    await app.commands.decideProposal(id, status);
    if (status === "dismissed")
      wish("toast", {
        text: "Proposal dismissed.",
        action: { label: "Undo", run: () => app.commands.decideProposal(id, "open") },
      });
  } catch (error) {
    wish("toast", { text: error.message, tone: "danger" });
  }
}

/** The body of a generation that takes the proposal as it is, with my model and what I have set. */
function bodyOf(proposal) {
  const mine = whole(app.draft.current);
  const draft = {
    text: proposal.prompt,
    negative: proposal.negative || "",
    settings: { ...mine.settings, ...proposal.settings },
  };
  return { ...generateBody(draft, app.store.state), proposal_id: proposal.id };
}

function renderOpen(el) {
  const { proposal } = el;
  if (proposal.status !== "open") return;
  const n = imagesOf({ prompt: proposal.prompt, negative: proposal.negative });
  setText(el, "price", proposalPrice(n, app.store.state.session.quota));
  setText(el, "generate", `Generate ${n}`);
  $(".offer-text", el).replaceChildren(compared(app.draft.current.text, proposal.prompt));
}

function renderDecided(el) {
  const { proposal } = el;
  const person = personOf(proposal.decided_by);
  $(".offer-text", el).replaceChildren(painted(proposal.prompt, macroSpans(proposal.prompt)));
  setText(el, "price", "");
  wear($(".offer-by .avatar", el), person);
  setText(el, "by", decidedWords(proposal, person));
}

function decidedWords(proposal, person) {
  if (proposal.status === "dismissed") return `${person.name} dismissed it`;
  if (proposal.status === "used") return `${person.name} took it as prompt`;
  const made = [...app.store.state.generations.values()].find((generation) => generation.proposal_id === proposal.id);
  return made
    ? `${person.name} generated ${made.count}, ${clock(made.created_at)}`
    : `${person.name} generated ${images(proposal.count)}`;
}

/** The proposed prompt with what it adds underlined and what it drops struck; far from the draft, just the prompt. */
function compared(draft, prompt) {
  const spans = macroSpans(prompt);
  const runs = diffWords(draft.trim(), prompt);
  const kept = runs.filter((run) => run.kind === "same").reduce((sum, run) => sum + run.text.length, 0);
  if (kept < prompt.length * ALIKE) return painted(prompt, spans);
  return painted(prompt, [...spans, ...addedSpans(runs).map((span) => ({ ...span, tag: "ins" }))], removedAt(runs));
}

function removedAt(runs) {
  const removed = [];
  let at = 0;
  runs.forEach(({ kind, text }, place) => {
    if (kind === "removed") removed.push({ at, text, replaced: runs[place + 1]?.kind === "added" });
    else at += text.length;
  });
  return removed;
}
