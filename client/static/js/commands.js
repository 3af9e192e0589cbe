// Everything one can do: make the id, show what is pending, post; the event that follows is the truth.

import { pendingBatch, pendingMessage } from "./pending.js";

export class Commands {
  constructor({ store, api, say = () => {}, newId = () => crypto.randomUUID() }) {
    Object.assign(this, { store, api, say, newId });
  }

  /** Posts a generate body without id and workspace; `count` pending tiles stand until the event arrives. */
  async generate(body, count = body.indices?.length ?? body.batch_size ?? 1) {
    const id = this.newId();
    const whole = { ...body, id, workspace_id: this.#room };
    this.#showPendingBatch(whole, count);
    try {
      return await this.#save(this.api.post("/api/generate", whole));
    } catch (error) {
      this.#dropPendingBatch(id);
      throw error;
    }
  }

  cancelGeneration(id) {
    return this.#save(this.api.post(`/api/generations/${id}/cancel`));
  }

  retryGeneration(id) {
    return this.#save(this.api.post(`/api/generations/${id}/retry`));
  }

  cancelImage(id) {
    return this.#save(this.api.post(`/api/images/${id}/cancel`));
  }

  deleteImage(id) {
    return this.#save(this.api.delete(`/api/images/${id}`));
  }

  restoreImage(id) {
    return this.#save(this.api.post(`/api/images/${id}/restore`));
  }

  retryImage(id) {
    return this.#save(this.api.post(`/api/images/${id}/retry`));
  }

  varyImage(id, body = {}) {
    return this.#save(this.api.post(`/api/images/${id}/vary`, { ...body, id: this.newId() }));
  }

  starImage(id, on) {
    return this.#save(this.api.patch(`/api/images/${id}`, { starred: on }));
  }

  tagImage(id, tags) {
    return this.#save(this.api.patch(`/api/images/${id}`, { tags }));
  }

  /** Sends a chat message; it stands in the chat as pending until its event arrives. */
  async sendMessage({ content, model, image_ids }) {
    const id = this.newId();
    this.#showPendingMessage({ id, content, image_ids: image_ids ?? [] });
    try {
      return await this.#save(
        this.api.post(`/api/workspaces/${this.#room}/messages`, { id, content, model, image_ids }),
      );
    } catch (error) {
      this.store.change(["messages", `message:${id}`, "pending"], (state) => {
        if (state.messages.get(id)?.pending) state.messages.delete(id);
        state.pending.delete(id);
      });
      throw error;
    }
  }

  stopReply(id) {
    return this.#save(this.api.post(`/api/messages/${id}/stop`));
  }

  retryReply(id) {
    return this.#save(this.api.post(`/api/messages/${id}/retry`));
  }

  deleteMessage(id) {
    return this.#save(this.api.delete(`/api/messages/${id}`));
  }

  decideProposal(id, status) {
    return this.#save(this.api.patch(`/api/proposals/${id}`, { status }));
  }

  saveDraft(draft) {
    return this.#save(this.api.put(`/api/workspaces/${this.#room}/draft`, draft));
  }

  /** {source, recipe, raw} of a picture file from anywhere. */
  inspectPicture(file) {
    const form = new FormData();
    form.append("file", file);
    return this.api.post("/api/images/inspect", form);
  }

  expandPrompt(body) {
    return this.api.post("/api/prompt/expand", body);
  }

  renameWorkspace(name) {
    return this.#save(this.api.patch(`/api/workspaces/${this.#room}`, { name }));
  }

  setTheme(theme_id) {
    return this.#save(this.api.patch(`/api/workspaces/${this.#room}`, { theme_id }));
  }

  createStyle(body) {
    return this.#save(this.api.post(`/api/workspaces/${this.#room}/styles`, { ...body, id: this.newId() }));
  }

  updateStyle(id, body) {
    return this.#save(this.api.patch(`/api/styles/${id}`, body));
  }

  deleteStyle(id) {
    return this.#save(this.api.delete(`/api/styles/${id}`));
  }

  createTheme(body) {
    return this.#save(this.api.post("/api/themes", { ...body, id: this.newId() }));
  }

  updateTheme(id, body) {
    return this.#save(this.api.patch(`/api/themes/${id}`, body));
  }

  deleteTheme(id) {
    return this.#save(this.api.delete(`/api/themes/${id}`));
  }

  invite(body) {
    return this.#save(this.api.post(`/api/workspaces/${this.#room}/invites`, { ...body, id: this.newId() }));
  }

  invites() {
    return this.api.get(`/api/workspaces/${this.#room}/invites`);
  }

  endInvite(id) {
    return this.#save(this.api.delete(`/api/invites/${id}`));
  }

  removeMember(id) {
    return this.#save(this.api.delete(`/api/workspaces/${this.#room}/members/${id}`));
  }

  setRole(id, role) {
    return this.#save(this.api.patch(`/api/workspaces/${this.#room}/members/${id}`, { role }));
  }

  askAccess() {
    return this.#save(this.api.post(`/api/workspaces/${this.#room}/access`));
  }

  setTyping(typing) {
    this.say("typing", { typing });
  }

  setFocus(image_id) {
    this.say("focus", { image_id });
  }

  get #room() {
    return this.store.state.workspace.id;
  }

  async #save(promise) {
    this.store.change(["saving"], (state) => (state.saving += 1));
    try {
      return await promise;
    } finally {
      this.store.change(["saving"], (state) => (state.saving -= 1));
    }
  }

  #showPendingBatch(body, count) {
    const { generation, images } = pendingBatch(body, count, this.store.state.me.user_id);
    this.store.change(["generations", "images", "pending", `generation:${generation.id}`], (state) => {
      state.generations.set(generation.id, generation);
      for (const image of images) state.images.set(image.id, image);
      state.pending.set(generation.id, "generation");
    });
  }

  #dropPendingBatch(id) {
    this.store.change(["generations", "images", "pending", `generation:${id}`], (state) => {
      if (state.generations.get(id)?.pending) state.generations.delete(id);
      for (const image of state.images.values()) {
        if (image.pending && image.generation_id === id) state.images.delete(image.id);
      }
      state.pending.delete(id);
    });
  }

  #showPendingMessage(fields) {
    const message = pendingMessage(fields, this.store.state);
    this.store.change(["messages", `message:${message.id}`, "pending"], (state) => {
      state.messages.set(message.id, message);
      state.pending.set(message.id, "message");
    });
  }
}
