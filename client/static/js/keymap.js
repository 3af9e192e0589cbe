// Every key one can press, what it does where, and how one's own choice changes that; pure.

/** `ours` are the keys an action has from the start; a scope is where it acts. */
const act = (scope, name, label, ...ours) => ({ scope, name, label, ours });

export const ACTIONS = [
  act("everywhere", "palette", "Command palette", "Mod+k"),
  act("everywhere", "keys", "These keys", "?", "Mod+/"),
  act("everywhere", "prompt", "Write the prompt", "Shift+Escape"),
  act("everywhere", "undo", "Undo the last delete or move", "Mod+z"),
  act("everywhere", "others", "Hide or show other people", "Mod+Alt+\\"),
  act("everywhere", "panel", "Hide or show the panel", "t"),
  act("everywhere", "queue", "Queue", "q"),
  act("grid", "select", "Select", "x"),
  act("grid", "select-all", "Select all shown", "Mod+a"),
  act("grid", "star", "Star", "."),
  act("grid", "move", "Move to another workspace", "m"),
  act("grid", "delete", "Delete", "Delete", "Backspace"),
  act("grid", "use", "Use prompt", "u"),
  act("grid", "all", "Use prompt, settings and seed", "a"),
  act("grid", "remix", "Remix: all but the seed", "r"),
  act("grid", "retry", "Retry", "y"),
  act("grid", "vary", "Vary", "v"),
  act("grid", "save", "Download", "d"),
  act("grid", "copy", "Copy prompt", "p"),
  act("grid", "compare", "Compare", "c"),
  act("grid", "more", "Menu of the image", "ContextMenu", "Shift+F10"),
  act("grid", "size-s", "Small tiles", "1"),
  act("grid", "size-m", "Medium tiles", "2"),
  act("grid", "size-l", "Large tiles", "3"),
  act("lightbox", "previous", "Previous", "ArrowLeft"),
  act("lightbox", "next", "Next", "ArrowRight"),
  act("lightbox", "details", "Details", "i"),
  act("lightbox", "zoom", "Fit or 100 %", "z"),
  act("lightbox", "larger", "Larger", "+", "="),
  act("lightbox", "smaller", "Smaller", "-"),
  act("lightbox", "fit", "Fit", "0"),
  act("lightbox", "star", "Star", "."),
  act("lightbox", "delete", "Delete, then the next", "Delete", "Backspace"),
  act("lightbox", "use", "Use prompt", "u"),
  act("lightbox", "all", "Use prompt, settings and seed", "a"),
  act("lightbox", "remix", "Remix: all but the seed", "r"),
  act("lightbox", "retry", "Retry", "y"),
  act("lightbox", "vary", "Vary", "v"),
  act("lightbox", "save", "Download", "d"),
  act("lightbox", "copy", "Copy prompt", "p"),
  act("lightbox", "copy-image", "Copy image", "Mod+c"),
  act("lightbox", "compare", "Compare", "c"),
];

export const SCOPES = { everywhere: "Everywhere", grid: "On the Tablet", lightbox: "At full size" };

/** Keys that stay as they are, for the list. */
export const FIXED = [
  ["everywhere", "Generate", ["Mod+Enter"]],
  ["everywhere", "Choose from the batch first", ["Mod+Shift+Enter"]],
  ["everywhere", "Close, stop, clear", ["Escape"]],
  ["everywhere", "Earlier and later prompts", ["Alt+ArrowUp", "Alt+ArrowDown"]],
  ["grid", "Go through the pictures", ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]],
  ["grid", "Open", ["Enter", " "]],
  ["grid", "Select on the way", ["Shift+ArrowRight"]],
  ["compare", "Next way to compare", ["m"]],
  ["compare", "Swap the two", ["c"]],
  ["compare", "Hold to see the other", [" "]],
  ["compare", "Move the slider", ["ArrowLeft", "ArrowRight"]],
];

const isLetter = (key) => key.toLowerCase() !== key.toUpperCase();

/** A key event as "Mod+Alt+x": Mod is Ctrl or ⌘; Shift counts where it does not make the sign itself. */
export function comboOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const single = key.length === 1;
  const counts = shiftKey && (!single || isLetter(key));
  const mods = [(ctrlKey || metaKey) && "Mod", altKey && "Alt", counts && "Shift"].filter(Boolean);
  return [...mods, single ? key.toLowerCase() : key].join("+");
}

/** Whether a combination is one bare character, which the master switch turns off. */
export const isBare = (combo) => combo.length === 1;

const idOf = ({ scope, name }) => `${scope} ${name}`;

/** The keys of an action; `own` maps "scope name" to the keys one has chosen oneself. */
export const combosOf = (action, own = {}) => own[idOf(action)] ?? action.ours;

/** The name of what a key event does in a scope, or null. */
export function actionOf(event, scope, { own = {}, letters = true } = {}) {
  const combo = comboOf(event);
  if (!letters && isBare(combo)) return null;
  return ACTIONS.find((action) => action.scope === scope && combosOf(action, own).includes(combo))?.name ?? null;
}

/** One's own keys with `combo` given to the action alone; whatever had it in the same place loses it. */
export function bound(own, action, combo) {
  const next = { ...own, [idOf(action)]: [combo] };
  for (const other of ACTIONS) {
    if (other === action || !meets(other.scope, action.scope)) continue;
    const left = combosOf(other, own).filter((taken) => taken !== combo);
    if (left.length < combosOf(other, own).length) next[idOf(other)] = left;
  }
  return next;
}

const meets = (a, b) => a === b || a === "everywhere" || b === "everywhere";

const SIGNS = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  Delete: "Del",
  ContextMenu: "Menu",
  " ": "Space",
  Backspace: "⌫",
  Enter: "↵",
};

/** A combination for the eye: "Ctrl K", on a Mac "⌘ K". */
export function spelled(combo, mac = false) {
  const parts = combo === "+" ? ["+"] : combo.split(/\+(?=.)/);
  const words = { Mod: mac ? "⌘" : "Ctrl", ...SIGNS };
  return parts.map((part) => words[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(" ");
}
