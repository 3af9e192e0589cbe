// What one has chosen for this browser: small facts kept in localStorage, told to whoever listens.

const DEFAULTS = { hidden: "no", notify: "no", sound: "no", announce: "mine", others: "shown", letters: "on", keys: "{}" };

export const setting = (name) => localStorage.getItem(`setting:${name}`) ?? DEFAULTS[name];

/** Keeps a setting and announces `setting:<name>` on the document. */
export function set(name, value) {
  localStorage.setItem(`setting:${name}`, value);
  document.dispatchEvent(new CustomEvent(`setting:${name}`, { detail: value }));
}
