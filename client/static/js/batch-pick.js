/** Which combinations a batch takes when words are unticked or the dice are thrown. */

/** Whether a combination uses only ticked words; `off` maps an axis to the Set of its unticked words. */
export function allowed(item, off) {
  return Object.entries(item.assignment).every(([axis, word]) => !off.get(axis)?.has(word));
}

/** How often each word comes: Map axis → Map word → number. */
export function usage(items) {
  const counts = new Map();
  for (const { assignment } of items) {
    for (const [axis, word] of Object.entries(assignment)) {
      const words = counts.get(axis) ?? counts.set(axis, new Map()).get(axis);
      words.set(word, (words.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

/** Up to n of the items, every word as evenly used as can be, in their written order. */
export function balanced(items, n) {
  const rest = [...items];
  const taken = [];
  while (taken.length < n && rest.length) {
    const used = usage(taken);
    const weight = ({ assignment }) =>
      Object.entries(assignment).reduce((sum, [axis, word]) => sum + (used.get(axis)?.get(word) ?? 0) ** 2, 0);
    const weights = rest.map(weight);
    const [item] = rest.splice(weights.indexOf(Math.min(...weights)), 1);
    taken.push(item);
  }
  return inOrder(taken);
}

/** Up to n of the items by chance, in their written order. */
export function random(items, n, chance = Math.random) {
  const rest = [...items];
  const taken = [];
  while (taken.length < n && rest.length) taken.push(...rest.splice(Math.floor(chance() * rest.length), 1));
  return inOrder(taken);
}

const inOrder = (items) => items.sort((a, b) => (BigInt(a.index) < BigInt(b.index) ? -1 : 1));
