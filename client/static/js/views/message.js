/** One chat turn: mine at the right, other people's at the left, the assistant's over the whole width. */

import { app } from "../app.js";
import { $, clone, keyed, setText, wish } from "../dom.js";
import { clock, isMe, personOf, wear } from "../people.js";
import { isLooking } from "../pictures.js";
import { throttle } from "../timing.js";
import { showPictures } from "./message-pictures.js";
import { createProposal, updateProposal } from "./proposal.js";

const RENDER_MS = 100;
const STATES = { streaming: "writing", stopped: "stopped", failed: "failed" };

let markdown = null;

/** An element for a message; keep it true with updateMessage. */
export function createMessage(message) {
  if (message.role === "assistant") return createReply(message);
  return isMe(message.author_id) ? createMine(message) : clone("message-other");
}

export function updateMessage(el, message) {
  if (message.role === "assistant") return updateReply(el, message);
  setText(el, "content", message.content);
  showPictures(el, message.image_ids);
  el.classList.toggle("is-pending", Boolean(message.pending));
  if (isMe(message.author_id)) return;
  const person = personOf(message.author_id);
  wear($(".avatar", el), person);
  setText(el, "name", person.name);
  setText(el, "time", clock(message.created_at));
}

function createMine(message) {
  const el = clone("message-mine");
  $(".msg-delete", el).addEventListener("click", () => {
    el.closest(".chat-scroll").focus();
    act(app.commands.deleteMessage(message.id));
  });
  return el;
}

function createReply(message) {
  const el = clone("message-assistant");
  el.renderSoon = throttle(() => renderWords(el), RENDER_MS);
  $(".msg-again", el).addEventListener("click", () => (el.focus(), act(app.commands.retryReply(message.id))));
  el.unwatch = app.store.watch([`stream:${message.id}`], () => (el.isConnected ? el.renderSoon() : el.unwatch()));
  return el;
}

function updateReply(el, message) {
  el.message = message;
  const writing = message.status === "streaming";
  $(".ai-mark", el).classList.toggle("is-writing", writing);
  el.setAttribute("aria-busy", writing);
  setText(el, "time", writing ? "" : clock(message.created_at));
  setText(el, "state", STATES[message.status]);
  $(".msg-error", el).hidden = message.status !== "failed";
  setText(el, "error", message.status === "failed" ? (message.error?.message ?? "The reply did not come.") : "");
  $(".msg-again", el).hidden = !["stopped", "failed"].includes(message.status) || isLooking(app.store.state);
  keyed($(".offers", el), message.proposals, (proposal) => proposal.id, createProposal, updateProposal);
  renderWords(el);
}

/** How Markdown is shown is fetched with the first reply. */
async function renderWords(el) {
  if (!markdown) ({ markdown } = await import("../markdown.js"));
  const { id, status, content, attempt } = el.message;
  const stream = app.store.state.streams.get(id);
  const text = status === "streaming" ? (stream?.attempt === attempt ? stream.text : "") : content;
  const version = `${status} ${attempt} ${text}`;
  if (el.shown === version) return;
  el.shown = version;
  const words = $(".msg-words", el);
  words.replaceChildren(markdown(text));
  if (status === "streaming") addCaret(words);
}

function addCaret(words) {
  const caret = document.createElement("span");
  caret.className = "caret";
  let last = words;
  while (last.lastElementChild && !["BR", "HR", "CODE", "A"].includes(last.lastElementChild.tagName))
    last = last.lastElementChild;
  last.append(caret);
}

async function act(promise) {
  try {
    await promise;
  } catch (error) {
    wish("toast", { text: error.message, tone: "danger" });
  }
}
