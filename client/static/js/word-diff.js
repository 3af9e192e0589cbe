/** Word by word: what a proposed prompt keeps, adds and removes. */

const WORDS = /\s+|[\p{L}\p{N}_'’-]+|[^]/gu;
const EDGES = /^[\s,.;]+|[\s,.;]+$/g;
const HAS_WORD = /[\p{L}\p{N}]/u;

/** Runs `{kind: "same"|"added"|"removed", text}`; same + added spell `after`, same + removed spell `before`. */
export function diffWords(before, after) {
  const old = before.match(WORDS) ?? [];
  const now = after.match(WORDS) ?? [];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const steps = [
    ...now.slice(0, head).map(same),
    ...compare(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...now.slice(now.length - tail).map(same),
  ];
  return gather(steps);
}

/** Where `after` says something new: `[{start, end}]` in UTF-16 units, without blanks and commas at the edges. */
export function addedSpans(runs) {
  const spans = [];
  let at = 0;
  for (const { kind, text } of runs) {
    const words = text.replace(EDGES, "") || text;
    const start = at + text.indexOf(words);
    if (kind === "added") spans.push({ start, end: start + words.length });
    if (kind !== "removed") at += text.length;
  }
  return spans;
}

const same = (text) => ({ kind: "same", text });

function compare(old, now) {
  const wide = now.length + 1;
  const longest = new Uint16Array((old.length + 1) * wide);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      longest[i * wide + j] =
        old[i] === now[j]
          ? longest[(i + 1) * wide + j + 1] + 1
          : Math.max(longest[(i + 1) * wide + j], longest[i * wide + j + 1]);
    }
  }
  const steps = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      steps.push(same(now[j]));
      i++;
      j++;
    } else if (j >= now.length || (i < old.length && longest[(i + 1) * wide + j] >= longest[i * wide + j + 1])) {
      steps.push({ kind: "removed", text: old[i++] });
    } else {
      steps.push({ kind: "added", text: now[j++] });
    }
  }
  return steps;
}

/** Joins neighbours, and takes blanks and commas between two changes into the change: whole phrases read better. */
function gather(steps) {
  const runs = [];
  let removed = "";
  let added = "";
  let kept = "";
  const flush = () => {
    if (removed) runs.push({ kind: "removed", text: removed });
    if (added) runs.push({ kind: "added", text: added });
    if (kept) runs.push({ kind: "same", text: kept });
    removed = added = kept = "";
  };
  for (const { kind, text } of steps) {
    if (kind === "same") {
      kept += text;
      continue;
    }
    if (kept && (HAS_WORD.test(kept) || !(removed || added))) flush();
    if (kept) {
      removed += kept;
      added += kept;
      kept = "";
    }
    if (kind === "removed") removed += text;
    else added += text;
  }
  flush();
  return runs;
}
