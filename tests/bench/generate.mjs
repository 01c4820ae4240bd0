// Big catalogs and logs, made from a seed: the same everywhere, and known line by line.
//
//     node generate.mjs catalog ENTRIES [SEED]          a catalog.json on standard output
//     node generate.mjs text BYTES ENTRIES [SEED]       a log in which messages of that catalog stand
//     node generate.mjs marks                           what generate.rs must make as well
//
// No message stands inside another one, and no other line holds a message, so that the hits to be found are exactly the
// lines that were planted. generate.rs is the same program in Rust; marks.json is what both must make.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const grammar = JSON.parse(readFileSync(new URL("./grammar.json", import.meta.url), "utf8"));

export const SEED = 20_260_417;

/** The share of a log's lines that hold a message of the catalog, in percent. */
export const SHARE = 30;

/** How many other messages the lines of a log are made from that no catalog has. */
const STRANGERS = 400;

/** Marsaglia's idea in 32 bits (mulberry32): small, quick, and the same in every language. */
export class Random {
  constructor(seed) {
    this.state = seed | 0;
  }

  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  }

  below(limit) {
    return Math.floor((this.next() * limit) / 2 ** 32);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** Mostly small numbers: a few errors fill a log, most are rare. */
  skewed(limit) {
    const part = this.next() / 2 ** 32;
    return Math.floor(limit * (part * part * part));
  }
}

/** Slot names and what stands in them. */
const names = Object.entries(grammar.slots).flatMap(([kind, list]) => list.map((name) => ({ name, kind })));
const kinds = new Map(names.map(({ name, kind }) => [name, kind]));

/** A pattern with words in it, and with slots whose names differ. */
function expand(pattern, random) {
  const taken = new Set();
  return pattern.replaceAll(/<(\w+)>|\{\}/g, (_, kind) => {
    if (kind === "class") {
      const parts = 1 + random.below(3);
      return Array.from({ length: parts }, () => random.pick(grammar.words.part)).join("") + random.pick(grammar.words.role);
    }
    if (kind === "code") {
      return `${random.pick(grammar.words.code)}-${10_000 + random.below(90_000)}`;
    }
    if (kind) {
      const isAbroad = kind === "thing" && random.below(100) < 3;
      return random.pick(isAbroad ? grammar.words.abroad : grammar.words[kind]);
    }
    let at = random.below(names.length);
    while (taken.has(at)) at = (at + 1) % names.length;
    taken.add(at);
    return `{${names[at].name}}`;
  });
}

/** A new message; every tenth begins like an earlier one. */
function invent(random, earlier) {
  if (earlier.length > 0 && random.below(10) === 0) {
    const words = random.pick(earlier).split(" ");
    const head = words.slice(0, Math.ceil(words.length / 2)).join(" ");
    const tail = expand(random.pick(grammar.tails), random);
    const isTaken = [...tail.matchAll(/\{\w+\}/g)].some(([slot]) => head.includes(slot));
    return isTaken ? expand(random.pick(grammar.patterns), random) : `${head} ${tail}`;
  }
  return expand(random.pick(grammar.patterns), random);
}

/** Words in small letters, `fooBar` as two, without slots. */
function words(text) {
  const spaced = text.replaceAll(/\{\w+\}/g, " ").replaceAll(/([a-z])(?=[A-Z])|([A-Za-z])(?=[0-9])|([0-9])(?=[A-Za-z])/g, "$& ");
  return spaced.toLowerCase().split(/[\0-\x2f\x3a-\x60\x7b-\x7f]+/).filter(Boolean);
}

/** Which messages could stand inside which, by their words alone: rather too many than too few. */
class Words {
  numbers = new Map();
  /** By word: the messages that have it, and those of which it is the last word that was new. */
  having = [];
  ending = [];
  messages = [];

  /** The message's word numbers, in ascending order. */
  of(text) {
    const numbers = new Set();
    for (const word of words(text)) {
      let number = this.numbers.get(word);
      if (number === undefined) {
        number = this.numbers.size;
        this.numbers.set(word, number);
        this.having.push([]);
        this.ending.push([]);
      }
      numbers.add(number);
    }
    const list = [...numbers].sort((a, b) => a - b);
    return { list, sign: list.reduce((sign, number) => sign | (1 << (Math.imul(number, 0x9e3779b1) >>> 27)), 0) };
  }

  holdsOne(message) {
    return message.list.some((word) => this.ending[word].some((other) => isInside(this.messages[other], message)));
  }

  isInOne(message) {
    const rarest = message.list.reduce((best, word) => (this.having[word].length < this.having[best].length ? word : best));
    return this.having[rarest].some((other) => isInside(message, this.messages[other]));
  }

  add(message) {
    const number = this.messages.push(message) - 1;
    for (const word of message.list) this.having[word].push(number);
    this.ending[message.list.at(-1)].push(number);
  }
}

function isInside(small, large) {
  if ((small.sign & ~large.sign) !== 0 || small.list.length > large.list.length) return false;
  let at = 0;
  for (const word of small.list) {
    while (at < large.list.length && large.list[at] < word) at += 1;
    if (large.list[at] !== word) return false;
  }
  return true;
}

/**
 * So many messages, and patterns of other lines in which none of them stands.
 *
 * @returns {{ messages: string[], strangers: string[] }}
 */
export function messages(entries, seed = SEED) {
  const random = new Random(seed);
  const known = new Words();
  const messages = [];
  while (messages.length < entries) {
    const text = invent(random, messages);
    const message = known.of(text);
    if (message.list.length < 2 || known.holdsOne(message) || known.isInOne(message)) continue;
    known.add(message);
    messages.push(text);
  }
  const strangers = [];
  while (strangers.length < STRANGERS) {
    const text = expand(random.pick(grammar.patterns), random);
    if (!known.holdsOne(known.of(text))) strangers.push(text);
  }
  return { messages, strangers };
}

/** The id of the entry with the nth message. */
export function id(nth) {
  return `bench/e${String(nth).padStart(6, "0")}`;
}

/** A catalog of these messages, in the format of src/catalog.rs. */
export function catalog(messages, seed = SEED) {
  const random = new Random(seed ^ 0x5eed);
  const prose = (patterns) => [{ text: expand(random.pick(patterns), random) }];
  const entries = messages.map((text, nth) => ({
    id: id(nth),
    product: "bench",
    messages: [{ lang: "en", text }],
    texts: {
      en: {
        title: prose(grammar.titles)[0].text,
        situations: [{ cause: prose(grammar.causes), steps: [prose(grammar.steps)] }],
      },
    },
  }));
  return { format: 1, products: [{ id: "bench", titles: { en: "Bench" } }], apps: [], entries };
}

/** A message with values in its slots. */
export function fill(message, random) {
  return message.replaceAll(/\{(\w+)\}/g, (_, name) => value(kinds.get(name) ?? "hex", random));
}

function value(kind, random) {
  const number = () => random.below(10 ** (1 + random.below(6)));
  switch (kind) {
    case "path":
      return `/var/opt/part-${String(random.below(100_000)).padStart(5, "0")}.bin`;
    case "number":
      return String(number());
    case "host":
      return `node-${random.below(400)}.rack-${random.below(40)}`;
    case "address":
      return `10.${random.below(256)}.${random.below(256)}.${random.below(256)}:8020`;
    case "user":
      return `u${number()}`;
    case "duration":
      return `${number()}ms`;
    default:
      return random.next().toString(16).padStart(8, "0") + (random.below(2) ? random.next().toString(16).padStart(8, "0") : "");
  }
}

/**
 * A log of at most so many bytes (at least one line), as UTF-8. `planted[n]` is the number of the message in line n, or -1.
 *
 * @returns {{ bytes: Uint8Array, planted: Int32Array }}
 */
export function log({ messages, strangers }, size, seed = SEED) {
  const random = new Random(seed ^ 0x106);
  const buffer = Buffer.alloc(size + 2048);
  const planted = [];
  let length = 0;
  let time = 0;
  for (;;) {
    time += random.below(1000);
    const head = `${clock(time)} ${random.pick(grammar.levels)} [${random.pick(grammar.components)}] `;
    let number = -1;
    let body;
    if (random.below(100) < SHARE) {
      number = random.skewed(messages.length);
      body = fill(messages[number], random);
    } else if (random.below(3) > 0) {
      body = fill(random.pick(strangers), random);
    } else {
      body = random.pick(grammar.ordinary).replaceAll(/\{(\w)\}/g, (_, kind) => value(ORDINARY[kind], random));
    }
    const end = length + buffer.write(`${head}${body}\n`, length);
    if (end > size && planted.length > 0) break;
    length = end;
    planted.push(number);
  }
  return { bytes: buffer.subarray(0, length), planted: Int32Array.from(planted) };
}

const ORDINARY = { n: "number", h: "host", a: "address" };

/** Milliseconds as the time of one long day. */
function clock(time) {
  const part = (value, width) => String(value).padStart(width, "0");
  const hour = Math.floor(time / 3_600_000) % 24;
  const minute = Math.floor(time / 60_000) % 60;
  const second = Math.floor(time / 1000) % 60;
  return `2031-04-07T${part(hour, 2)}:${part(minute, 2)}:${part(second, 2)}.${part(time % 1000, 3)}Z`;
}

/** FNV-1a over bytes: whether two programs made the same. */
export function mark(bytes) {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** What generate.rs must make as well. */
export function marks() {
  const made = messages(2000);
  const text = log(made, 200_000);
  return {
    messages: mark(Buffer.from(made.messages.join("\n"))),
    texts: mark(Buffer.from(catalog(made.messages).entries.map(({ texts: { en } }) => proseOf(en)).join("\n"))),
    log: mark(text.bytes),
  };
}

function proseOf({ title, situations: [{ cause, steps }] }) {
  return [title, cause[0].text, steps[0][0].text].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , what, ...numbers] = process.argv;
  const [first, second, third] = numbers.map(Number);
  if (what === "catalog" && first > 0) {
    process.stdout.write(JSON.stringify(catalog(messages(first, second || SEED).messages, second || SEED)));
  } else if (what === "text" && first > 0 && second > 0) {
    process.stdout.write(log(messages(second, third || SEED), first, third || SEED).bytes);
  } else if (what === "marks") {
    console.log(JSON.stringify(marks()));
  } else {
    console.error("usage: node generate.mjs catalog ENTRIES [SEED] | text BYTES ENTRIES [SEED] | marks");
    process.exitCode = 2;
  }
}
