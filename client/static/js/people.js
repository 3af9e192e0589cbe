/** Faces and names of the people in the room. */

import { app } from "./app.js";

/** The member, whoever is present, or a stand-in for one who has left. */
export function personOf(userId) {
  const { members, presence } = app.store.state;
  return (
    members.get(userId) ??
    presence.find((person) => person.user_id === userId) ?? { user_id: userId, name: "Someone", color: "8" }
  );
}

export const isMe = (userId) => userId === app.store.state.me.user_id;

/** Puts a person's letter and colour on an avatar. */
export function wear(avatar, person) {
  avatar.textContent = person.name.slice(0, 1).toUpperCase();
  if (/^\d$/.test(person.color)) avatar.dataset.who = person.color;
  else avatar.style.setProperty("--who", person.color);
}

/** "Ana", "Ana and Ben", "Ana, Ben and Chi". */
export function names(people) {
  const all = people.map((person) => person.name);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** "14:02" in local time. */
export const clock = (iso) => new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
