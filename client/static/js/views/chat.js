/** The chat: messages, the composer, who is writing, the choice of the language model. */

import { app } from "../app.js";
import { $, keyed, setText, wish } from "../dom.js";
import { preferred } from "../draft.js";
import { isMe, names, personOf } from "../people.js";
import { canEdit } from "../pictures.js";
import { throttle } from "../timing.js";
import { Attached } from "./attached.js";
import { createMessage, updateMessage } from "./message.js";
import { receive } from "./picture-drag.js";
import { pick } from "./pop-list.js";

const MODEL_KEY = "chat-model";
const AWAY_PX = 60;
const TYPING_MS = 2000;
const QUIET_MS = 4000;

class ChatView extends HTMLElement {
  #read = new Map();
  #quiet = null;
  #tellTyping = throttle(() => this.said.value && app.commands.setTyping(true), TYPING_MS);

  connectedCallback() {
    this.scroller = $(".chat-scroll", this);
    this.log = $(".chat-log", this);
    this.said = $("#say", this);
    this.pill = $(".chat-new", this);
    this.pill.addEventListener("click", () => this.scroller.scrollTo({ top: 0, behavior: "smooth" }));
    this.scroller.addEventListener("scroll", () => this.#away() || (this.pill.hidden = true), { passive: true });
    this.#listenToComposer();
    this.#listenToPictures();
    pick($("#pop-chat-model"), {
      kind: "chat-model",
      items: () => this.#chatModels(),
      isChosen: (model) => model.id === this.#model()?.id,
      choose: (model) => (localStorage.setItem(MODEL_KEY, model.id), this.#renderModel()),
      row: (model) => ({
        name: model.name,
        about: model.description,
        facts: model.built_in ? "built in, needs no key" : model.healthy ? "" : "does not answer right now",
      }),
    });
    app.store.watch(["messages", "members", "me"], () => this.#render());
    app.store.watch(["streams", "messages"], () => this.#renderComposer());
    app.store.watch(["models"], () => this.#renderModel());
    app.store.watch(["presence"], (state) => this.#renderTyping(state.presence));
    this.#render();
    this.#renderModel();
    this.#renderTyping(app.store.state.presence);
  }

  #listenToComposer() {
    $(".composer", this).addEventListener("submit", (event) => (event.preventDefault(), this.#send()));
    $(".composer-stop", this).addEventListener("click", () => this.#stop());
    this.said.addEventListener("input", () => (this.#typing(), this.#renderComposer()));
    this.said.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#send();
      } else if (event.key === "Escape" && this.#streaming()) {
        event.preventDefault();
        this.#stop();
      }
    });
  }

  #listenToPictures() {
    this.attached = new Attached($(".attached", this), () => this.#renderComposer());
    receive($(".composer", this), (image) => this.attached.add(image));
    document.addEventListener("chat:ask", ({ detail }) => {
      wish("panel:open", { focus: "#say" });
      this.attached.add(detail.image);
    });
  }

  #render() {
    const messages = inOrder(app.store.state.messages.values());
    const grown = messages.some((message) => !this.#read.has(message.id));
    const first = this.#read.size === 0;
    keyed(this.log, messages, (message) => message.id, createMessage, updateMessage);
    $(".chat-none", this).hidden = messages.length > 0 || !canEdit(app.store.state);
    if (grown && !first && this.#away() && !isMe(messages.at(-1).author_id)) this.pill.hidden = false;
    this.#announce(messages);
    this.#read = new Map(messages.map((message) => [message.id, message.status]));
    this.#renderComposer();
  }

  #announce(messages) {
    for (const { id, role, status, content } of messages) {
      if (role === "assistant" && status === "complete" && this.#read.get(id) === "streaming") {
        const words = document.createElement("p");
        words.textContent = content.length > 400 ? `${content.split(/(?<=[.!?])\s/)[0]} Reply ready.` : content;
        $("[role=log]", this).replaceChildren(words);
        if (this.#away()) this.pill.hidden = false;
      }
    }
  }

  #away() {
    return this.scroller.scrollTop < -AWAY_PX;
  }

  #renderComposer() {
    const stoppable = this.#streaming() && !this.said.value.trim() && !this.attached.ids.length;
    const [send, stop] = [$(".composer-send", this), $(".composer-stop", this)];
    const left = [send, stop].includes(document.activeElement);
    stop.hidden = !stoppable;
    send.hidden = Boolean(stoppable);
    if (left) (stoppable ? stop : send).focus();
    this.scroller.setAttribute("aria-busy", Boolean(this.#streaming()));
  }

  #renderTyping(presence) {
    const writing = presence
      .filter((person) => person.typing && !isMe(person.user_id))
      .map(({ user_id }) => personOf(user_id));
    const line = $(".typing", this);
    line.hidden = !writing.length;
    line.textContent = writing.length ? `${names(writing)} ${writing.length > 1 ? "are" : "is"} writing` : "";
  }

  #renderModel() {
    setText(this, "model", this.#model()?.name ?? "No language model");
  }

  #chatModels() {
    return app.store.state.models.filter((model) => model.kind === "chat");
  }

  #model() {
    return preferred(this.#chatModels(), localStorage.getItem(MODEL_KEY));
  }

  #streaming() {
    return [...app.store.state.messages.values()].findLast(
      (message) => message.role === "assistant" && message.status === "streaming",
    );
  }

  async #send() {
    const content = this.said.value.trim();
    if (!content) return this.said.focus();
    const image_ids = this.attached.take();
    this.said.value = "";
    this.#rest();
    this.#fail("");
    this.scroller.scrollTop = 0;
    try {
      await app.commands.sendMessage({ content, model: this.#model()?.id, image_ids });
    } catch (error) {
      if (!this.said.value) this.said.value = content;
      this.attached.putBack(image_ids);
      this.#fail(error.message);
    }
    this.#renderComposer();
  }

  async #stop() {
    try {
      await app.commands.stopReply(this.#streaming().id);
    } catch (error) {
      this.#fail(error.message);
    }
  }

  #fail(words) {
    $(".composer-error", this).hidden = !words;
    setText(this, "error", words);
  }

  #typing() {
    if (!this.said.value) return this.#rest();
    this.#tellTyping();
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#rest(), QUIET_MS);
  }

  #rest() {
    clearTimeout(this.#quiet);
    app.commands.setTyping(false);
  }
}

/** Oldest first; what is still on its way comes last, a reply after what it answers. */
function inOrder(messages) {
  const rank = (message) => [message.pending ? 1 : 0, message.created_at, message.reply_to ? 1 : 0];
  return [...messages].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const at = left.findIndex((value, i) => value !== right[i]);
    return at < 0 ? 0 : left[at] < right[at] ? -1 : 1;
  });
}

customElements.define("chat-view", ChatView);
