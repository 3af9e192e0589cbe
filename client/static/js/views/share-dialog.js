// Sharing: invite links, and who is a member with what role.

import { app } from "../app.js";
import { $, clone, keyed, setText, wish } from "../dom.js";
import { isMe, wear } from "../people.js";
import { canEdit } from "../pictures.js";
import { plural } from "../words.js";

const ROLES = { owner: "Owner", editor: "May generate", viewer: "May look" };
const RANK = { owner: 0, editor: 1, viewer: 2 };

class ShareDialog extends HTMLElement {
  connectedCallback() {
    this.dialog = $("dialog", this);
    this.form = $(".share-link", this);
    document.addEventListener("share:open", () => this.#open());
    document.addEventListener("news:asked", ({ detail }) => hear(detail));
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.#make()));
    this.form.addEventListener("change", () => ($(".share-made", this).hidden = true));
    $("[data-do=copy]", this).addEventListener("click", () => this.#copy());
    $("[data-do=close]", this).addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", ({ target }) => target === this.dialog && this.dialog.close());
    app.store.watch(["members", "me"], () => this.dialog.open && this.#render());
  }

  #open() {
    this.#render();
    this.dialog.showModal();
    this.#readLinks();
  }

  async #readLinks() {
    const shown = canEdit(app.store.state) ? (await app.commands.invites().catch(() => ({ items: [] }))).items : [];
    $(".share-open", this).hidden = !shown.length;
    keyed(
      $(".links", this),
      shown,
      (invite) => invite.id,
      (invite) => this.#link(invite),
      updateLink,
    );
  }

  #link(invite) {
    const row = clone("open-link");
    $("[data-do=end]", row).addEventListener("click", async () => {
      await tryTo(() => app.commands.endInvite(invite.id));
      $(".share-made", this).hidden = true;
      this.#readLinks();
    });
    return row;
  }

  #render() {
    const { state } = app.store;
    const owner = state.me.role === "owner";
    this.form.hidden = !canEdit(state);
    const members = [...state.members.values()].sort(
      (a, b) => RANK[a.role] - RANK[b.role] || a.name.localeCompare(b.name),
    );
    keyed(
      $(".members", this),
      members,
      (member) => member.user_id,
      createMember,
      (row, member) => updateMember(row, member, owner),
    );
  }

  async #make() {
    setText(this, "error", "");
    try {
      const { invite } = await app.commands.invite({ role: new FormData(this.form).get("role") });
      $("#share-url", this).value = new URL(invite.url, location.href).href;
      $(".share-made", this).hidden = false;
      $("#share-url", this).select();
      this.#readLinks();
    } catch (error) {
      setText(this, "error", error.message);
    }
  }

  async #copy() {
    const field = $("#share-url", this);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      $("[data-do=copy]", this).textContent = "Copied";
    } catch {
      setText(this, "error", "The browser did not allow copying. The link is selected: copy it by hand.");
    }
  }
}

/** Somebody who may look would like to make pictures: one press lets them, here or in the workspace it is about. */
function hear({ workspace_id, member: { user_id, name } }) {
  const isHere = workspace_id === app.store.state.workspace?.id;
  const action = isHere
    ? { label: "Let them", run: () => tryTo(() => app.commands.setRole(user_id, "editor")) }
    : { label: "Open", run: () => location.assign(`/w/${workspace_id}#share`) };
  wish("toast", { text: `${name} asks to make pictures ${isHere ? "here" : "in another workspace of yours"}.`, action });
}

function createMember(member) {
  const row = clone("member");
  $(".member-role", row).addEventListener("change", ({ target }) =>
    tryTo(() => app.commands.setRole(member.user_id, target.value)),
  );
  askTwice($("[data-do=remove]", row), () => tryTo(() => app.commands.removeMember(member.user_id)));
  return row;
}

/** The first press only says what the second would do. */
function askTwice(button, act) {
  button.addEventListener("click", () => {
    if (button.classList.contains("is-sure")) act();
    button.classList.toggle("is-sure");
  });
  button.addEventListener("blur", () => button.classList.remove("is-sure"));
}

function updateLink(row, { role, uses }) {
  setText(row, "role", ROLES[role]);
  setText(row, "uses", uses ? `used ${plural(uses, "time")}` : "not used yet");
  $("[data-do=end]", row).setAttribute("aria-label", `End this link: ${ROLES[role]}`);
}

function updateMember(row, member, owner) {
  wear($(".avatar", row), member);
  setText(row, "name", isMe(member.user_id) ? `${member.name} (you)` : member.name);
  const changeable = owner && member.role !== "owner";
  setText(row, "role", changeable ? "" : ROLES[member.role]);
  const role = $(".member-role", row);
  role.hidden = !changeable;
  role.value = member.role;
  role.setAttribute("aria-label", `What ${member.name} may do`);
  const remove = $("[data-do=remove]", row);
  remove.hidden = !changeable;
  remove.setAttribute("aria-label", `Remove ${member.name}`);
}

async function tryTo(command) {
  try {
    await command();
  } catch (error) {
    wish("toast", { text: error.message, tone: "danger" });
  }
}

customElements.define("share-dialog", ShareDialog);
