// What a parsed prompt is made of: strings, groups, ranges and references.

export const MOST_OPTIONS = 64;

export const product = (sizes) => sizes.reduce((all, size) => all * size, 1n);
const isGroup = (part) => part instanceof Group || part instanceof Range;
export const groupsOf = (parts) => parts.filter(isGroup);
const sizeOf = (parts) => product(groupsOf(parts).map((group) => group.size));
export const keyOf = (parts) => parts.map((part) => (typeof part === "string" ? JSON.stringify(part) : part.key)).join();

/** The code points of the longest spelling of `parts`. */
export const longestOf = (parts) =>
  parts.reduce((all, part) => all + (typeof part === "string" ? [...part].length : part.longest), 0);

/** The text of `parts` at `rank`, in mixed radix, the leftmost group slowest; `names` holds the choices so far. */
function spell(parts, rank, names) {
  const digits = [];
  for (const group of groupsOf(parts).reverse()) {
    digits.push(rank % group.size);
    rank /= group.size;
  }
  return parts.map((part) => (typeof part === "string" ? part : part.text(isGroup(part) ? digits.pop() : 0n, names))).join("");
}

export class Reference {
  constructor(name, longest) {
    Object.assign(this, { name, longest });
    this.key = `{=${name}}`;
  }

  text(rank, names) {
    return names.get(this.name) ?? this.key;
  }
}

export class Range {
  nested = false;

  constructor(first, step, length, decimals, name) {
    Object.assign(this, { first, step, decimals, name, size: BigInt(length) });
    this.key = `{${name}:${first}..${length}..${length > 1 ? step : 0}.${decimals}}`;
  }

  get longest() {
    return Math.max(...[0n, this.size - 1n].map((rank) => this.text(rank, new Map()).length));
  }

  text(rank, names) {
    const value = this.first + this.step * Number(rank);
    const digits = String(Math.abs(value)).padStart(this.decimals + 1, "0");
    const whole = digits.slice(0, digits.length - this.decimals);
    const text = (value < 0 ? "-" : "") + whole + (this.decimals ? `.${digits.slice(-this.decimals)}` : "");
    if (this.name) names.set(this.name, text);
    return text;
  }

  axis() {
    return { options: listed(this), nested: false, size: this.size };
  }
}

/** `low` to `high` of the options, joined; a plain `{a|b}` chooses one. */
export class Group {
  constructor(options, name, low = 1, high = 1, joiner = ", ") {
    Object.assign(this, { options, name, low, high, joiner });
    this.sizes = options.map((option) => sizeOf(option.parts));
    this.nested = options.some((option) => option.parts.some((part) => typeof part !== "string"));
    this.ways = this.table();
    this.size = this.ways[0].slice(low).reduce((all, ways) => all + ways, 0n);
    const keys = options.map((option) => option.weight + keyOf(option.parts));
    this.key = `{${name}:${low}-${high}${JSON.stringify(joiner)}${keys.join("|")}}`;
  }

  /** `table[i][k]`: in how many ways k options can be chosen from the i-th on. */
  table() {
    const table = [[1n, ...Array(this.high).fill(0n)]];
    for (const size of [...this.sizes].reverse()) {
      const after = table.at(-1);
      table.push(after.map((ways, k) => (k ? ways + size * after[k - 1] : 1n)));
    }
    return table.reverse();
  }

  /** The code points of the longest value. */
  get longest() {
    const lengths = this.options.map((option) => longestOf(option.parts)).sort((a, b) => b - a);
    const joiners = Math.max(this.high - 1, 0) * [...this.joiner].length;
    return lengths.slice(0, this.high).reduce((all, length) => all + length, joiners);
  }

  text(rank, names) {
    let left = this.low;
    while (rank >= this.ways[0][left]) rank -= this.ways[0][left++];
    const chosen = [];
    for (let i = 0; left > 0; i++) {
      const rest = this.ways[i + 1][left - 1];
      const taken = this.sizes[i] * rest;
      if (rank >= taken) {
        rank -= taken;
        continue;
      }
      chosen.push(spell(this.options[i].parts, rank / rest, names));
      rank %= rest;
      left -= 1;
    }
    const value = chosen.join(this.joiner);
    if (this.name) names.set(this.name, value);
    return value;
  }

  axis() {
    const few = this.size <= MOST_OPTIONS;
    const options = few ? listed(this) : this.options.map((option) => option.source);
    return { options, nested: this.nested, size: this.size };
  }
}

const listed = (group) => Array.from({ length: Number(group.size) }, (_, rank) => group.text(BigInt(rank), new Map()));
