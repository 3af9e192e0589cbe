import assert from "node:assert/strict";
import test from "node:test";
import { ACTIONS, actionOf, bound, combosOf, comboOf, spelled } from "../../client/static/js/keymap.js";

const press = (key, more = {}) => ({ key, ...more });
const find = (scope, name) => ACTIONS.find((action) => action.scope === scope && action.name === name);

test("no two actions share a key in one place", () => {
  for (const scope of ["grid", "lightbox"]) {
    const all = ACTIONS.filter((action) => [scope, "everywhere"].includes(action.scope)).flatMap((action) => action.ours);
    assert.equal(new Set(all).size, all.length, scope);
  }
});

test("a key is read the same whatever the keyboard adds to it", () => {
  assert.equal(comboOf(press("?", { shiftKey: true })), "?");
  assert.equal(comboOf(press("X")), "x", "with caps lock");
  assert.equal(comboOf(press("k", { metaKey: true })), "Mod+k");
  assert.equal(comboOf(press("Escape", { shiftKey: true })), "Shift+Escape");
});

test("the same key does different things in different places", () => {
  assert.equal(actionOf(press("z"), "lightbox"), "zoom");
  assert.equal(actionOf(press("z"), "grid"), null);
});

test("the master switch turns bare characters off and nothing else", () => {
  const off = { letters: false };
  assert.equal(actionOf(press("x"), "grid", off), null);
  assert.equal(actionOf(press("Delete"), "grid", off), "delete");
  assert.equal(actionOf(press("k", { ctrlKey: true }), "everywhere", off), "palette");
});

test("a key that is given to one action is taken from another in its reach", () => {
  const own = bound({}, find("grid", "star"), "x");
  assert.equal(actionOf(press("x"), "grid", { own }), "star");
  assert.equal(actionOf(press("."), "grid", { own }), null);
  assert.deepEqual(combosOf(find("grid", "select"), own), []);
  const wider = bound({}, find("everywhere", "queue"), "z");
  assert.equal(actionOf(press("z"), "lightbox", { own: wider }), null);
  assert.deepEqual(combosOf(find("grid", "delete"), own), ["Delete", "Backspace"]);
});

test("keys are spelled for the eye", () => {
  assert.equal(spelled("Mod+Alt+\\"), "Ctrl Alt \\");
  assert.equal(spelled("Mod+k", true), "⌘ K");
  assert.equal(spelled("+"), "+");
  assert.equal(spelled("Shift+ArrowRight"), "Shift →");
});
