// Following a person: the Tablet goes where they look, framed in their colour, until one moves it oneself.

import { app } from "../app.js";
import { $, setAttr, setText } from "../dom.js";
import { personOf } from "../people.js";
import { tabStop } from "./tab-stop.js";

const frame = $(".tablet"),
  scroller = $("picture-tablet"),
  tag = $(".follow-tag");
let seen = null;

document.addEventListener("person:follow", ({ detail }) => follow(detail.user_id));
tag.addEventListener("click", () => (follow(null), tabStop().focus({ preventScroll: true })));
for (const own of ["wheel", "touchmove", "keydown"])
  scroller.addEventListener(own, (event) => app.store.state.following && moves(event) && follow(null), { passive: true });
app.store.watch(["presence", "following", "images"], ({ following, presence }) => {
  if (!following) return;
  const person = presence.find(({ user_id }) => user_id === following);
  if (!person) return follow(null);
  if (person.focus && person.focus !== seen) show(person.focus);
  seen = person.focus;
});

/** Tab leads past the pictures to what stops the following; every other key is one's own way. */
const moves = ({ key }) => key !== "Tab" && key !== "Shift";

/** Starts to follow a person, or stops: the same one again, null, or one who leaves. */
function follow(id) {
  const { state } = app.store;
  const next = id === state.following ? null : id;
  app.store.change(["following"], () => (state.following = next));
  seen = null;
  const person = next && personOf(next);
  setAttr(frame, "data-who", person?.color);
  frame.classList.toggle("is-following", Boolean(next));
  setText(tag, "follow", person ? `Following ${person.name}` : "");
  tag.hidden = !next;
}

function show(imageId) {
  const tile = scroller.tiles.find((tile) => tile.image?.id === imageId);
  tile?.scrollIntoView({ block: "center", behavior: "smooth" });
}
