// Reads one field as parts; every fault is told with its place.

import { CHOOSE, NAME, RANGE, REFERENCE, WEIGHT, joinerEnd, match, matchAll, scan, unescape } from "./braces.js";
import { Group, MOST_OPTIONS, Range, Reference, keyOf, longestOf } from "./parts.js";

export const LONGEST = 8000;
const DEEPEST = 8;

/** `span` is the wrong place in UTF-16 units; line and column count from 1, columns in code points. */
export class Fault {
  constructor(field, text, span, hint) {
    const before = text.slice(0, span[0]);
    this.field = field;
    this.span = span;
    this.line = before.split("\n").length;
    this.column = [...before.slice(before.lastIndexOf("\n") + 1)].length + 1;
    const place = `ine ${this.line}, column ${this.column}`;
    this.message = `${field === "negative" ? "Negative prompt, l" : "L"}${place}: ${hint}`;
  }
}

/** `names` are the named axes so far, `[name, longest]` each, shared by prompt and negative. */
export class Parser {
  constructor(field, text, names) {
    Object.assign(this, { field, text, names, canGrow: /=|\$\$/.test(text) });
  }

  read() {
    const { text } = this;
    const length = text.length > LONGEST ? [...text].length : 0;
    if (length > LONGEST) {
      const start = [...text].slice(0, LONGEST).join("").length;
      throw this.fault([start, text.length], `shorten this to 8,000 characters, it has ${grouped(length)}`);
    }
    const { macros, unmatched } = scan(text);
    if (unmatched < 0) return this.parts(0, text.length, macros, 0);
    if (text[unmatched] === "}") throw this.fault([unmatched, unmatched + 1], "remove this } or write \\}");
    throw this.fault([unmatched, text.length], "add a closing }");
  }

  fault(span, hint) {
    return new Fault(this.field, this.text, span, hint);
  }

  wrong(brace, hint) {
    return this.fault([brace.start, brace.end + 1], hint);
  }

  parts(start, end, macros, depth) {
    const parts = [];
    for (const brace of macros) {
      if (start < brace.start) parts.push(unescape(this.text.slice(start, brace.start)));
      parts.push(this.macro(brace, depth + 1));
      start = brace.end + 1;
    }
    if (start < end) parts.push(unescape(this.text.slice(start, end)));
    if (this.canGrow && macros.length && longestOf(parts) > LONGEST) {
      throw this.wrong(macros.at(-1), "repeat less, the prompt could grow beyond 8,000 characters");
    }
    return parts;
  }

  macro(brace, depth) {
    if (depth > DEEPEST) throw this.wrong(brace, `nest braces at most ${DEEPEST} deep`);
    const reference = !brace.bars.length && matchAll(REFERENCE, this.text, brace.start + 1, brace.end);
    if (reference) return this.reference(brace, reference[1]);
    const found = match(NAME, this.text, brace.start + 1, brace.end);
    const name = found ? found[1] : null;
    if (name && this.longest(name) !== undefined) {
      throw this.wrong(brace, `${name} is taken, write {=${name}} to use it again or pick another name`);
    }
    const group = this.group(brace, found ? found.end : brace.start + 1, name, depth);
    if (name) this.names.push([name, group.longest]);
    return group;
  }

  reference(brace, name) {
    const longest = this.longest(name);
    if (longest === undefined) throw this.wrong(brace, `define ${name} before this, as in {${name}: a|b}`);
    return new Reference(name, longest);
  }

  longest(name) {
    return this.names.find(([known]) => known === name)?.[1];
  }

  group(brace, start, name, depth) {
    const choose = match(CHOOSE, this.text, start, brace.end);
    if (choose) return this.choose(brace, choose, name, depth);
    return brace.bars.length ? new Group(this.options(brace, start, depth), name) : this.range(brace, start, name);
  }

  choose(brace, counts, name, depth) {
    const [low, high] = [Number(counts[1]), Number(counts[2] ?? counts[1])];
    const [joiner, start] = this.joiner(brace, counts.end);
    const options = this.options(brace, start, depth);
    if (low > high) throw this.wrong(brace, `write the smaller count first, as in {${high}-${low}$$`);
    if (high > options.length) throw this.wrong(brace, `choose at most ${options.length}, the group has no more options`);
    return new Group(options, name, low, high, joiner);
  }

  joiner(brace, start) {
    const end = joinerEnd(brace, this.text, start);
    return end < 0 ? [", ", start] : [unescape(this.text.slice(start, end)), end + 2];
  }

  options(brace, start, depth) {
    if (brace.bars.length >= MOST_OPTIONS) {
      throw this.wrong(brace, `keep to ${MOST_OPTIONS} options, this group has ${grouped(brace.bars.length + 1)}`);
    }
    const macros = [...brace.macros].reverse();
    const options = new Map();
    for (const end of [...brace.bars, brace.end]) {
      const inside = [];
      while (macros.length && macros.at(-1).start < end) inside.push(macros.pop());
      const option = this.option(start, end, inside, depth);
      const key = keyOf(option.parts);
      if (option.weight > 0 && !options.has(key)) options.set(key, option);
      start = end + 1;
    }
    if (!options.size) throw this.wrong(brace, "give at least one option a weight above 0");
    return [...options.values()];
  }

  /** One option; the names defined inside it end with it. */
  option(start, end, macros, depth) {
    const weight = match(WEIGHT, this.text, start, end);
    if (weight?.[1].startsWith("-")) throw this.fault([start, end], "give a weight of 0 or more");
    const begin = weight ? weight.end : start;
    const outside = this.names.length;
    const parts = this.parts(begin, end, macros, depth);
    this.names.length = outside;
    return { parts, weight: weight ? Number(weight[1]) : 1, source: this.text.slice(begin, end) };
  }

  range(brace, start, name) {
    const written = matchAll(RANGE, this.text, start, brace.end);
    if (!written) throw this.wrong(brace, "write a range as {1..5} or {0.5..1.5..0.25}");
    const numbers = [written[1], written[2], written[3] ?? "1"];
    const decimals = Math.max(...numbers.map((number) => (number.split(".")[1] ?? "").length));
    const [first, last, stride] = numbers.map((number) => scaled(number, decimals));
    if (!stride) throw this.wrong(brace, "give the range a step above 0");
    const step = first <= last ? Math.abs(stride) : -Math.abs(stride);
    const length = Math.floor((last - first) / step) + 1;
    if (length > MOST_OPTIONS) {
      throw this.wrong(brace, `keep a range to ${MOST_OPTIONS} values, this one has ${grouped(length)}`);
    }
    return new Range(first, step, length, decimals, name);
  }
}

/** A number in units of its last decimal; 15 digits at most, so exact. */
function scaled(number, decimals) {
  const [whole, part = ""] = number.split(".");
  return Number(whole + part.padEnd(decimals, "0"));
}

const grouped = (number) => number.toLocaleString("en-US");
