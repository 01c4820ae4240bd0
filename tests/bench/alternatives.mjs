// What people use instead, each as fast as we could make it. Runs in Node and in the browser.
//
// All have one face: `build(catalog)` gives something with `scan(text)` (how often each entry's message stands in the text,
// by entry number) or `search(paste)` (the best entry's id). None of them folds case, spacing, escapes or entities, keeps
// values or positions, or finds a message that is damaged; ours does all of that in the times it is measured with.

/** The fixed parts of a message, in order. A slot at either end needs nothing to be there. */
function literals(message) {
  return message.split(/\{\w+\}/).filter((part) => part.trim() !== "");
}

/**
 * One regular expression a message, each tried everywhere: over the whole text, or line by line until one fits. Whichever
 * is faster on a piece of the text is used, unless it is said to be plain.
 */
function regexpLoop(name, flags, source, isPlain = false) {
  return { name, build: (catalog) => buildRegexps(catalog, flags, source, isPlain) };
}

const escaped = (part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

const exactly = (text) => literals(text).map(escaped).join(".{1,200}?");

/** Finds a message only exactly as it is written. */
export const regexps = regexpLoop("RegExp loop, tuned", "", exactly);

/** The same as one writes it first, and as rule engines for logs do it: each line, every expression until one fits. */
export const plainRegexps = regexpLoop("RegExp loop, plain", "", exactly, true);

/** Case and the amount of white space do not matter: nearer to what our engine does. */
export const looseRegexps = regexpLoop("RegExp loop, any case and spacing", "i", (text) =>
  literals(text)
    .map((part) => escaped(part.trim()).replaceAll(/\s+/g, "\\s+"))
    .join(".{1,200}?"),
);

/** Tells the values as well, also those that a message begins or ends with, as our engine does. */
export const valueRegexps = regexpLoop("RegExp loop with values", "", (text) =>
  text
    .split(/\{\w+\}/)
    .map(escaped)
    .join("(.+?)"),
);

function buildRegexps(catalog, flags, source, isPlain) {
  const sources = catalog.entries.map(({ messages: [{ text }] }) => source(text));
  const whole = sources.map((source) => new RegExp(source, `g${flags}`));
  const single = sources.map((source) => new RegExp(source, flags));
  const overText = (text, counts) => {
    whole.forEach((regexp, number) => {
      regexp.lastIndex = 0;
      while (regexp.test(text)) counts[number] += 1;
    });
    return counts;
  };
  const byLine = (text, counts) => {
    for (const line of text.split("\n")) {
      const number = single.findIndex((regexp) => regexp.test(line));
      if (number >= 0) counts[number] += 1;
    }
    return counts;
  };
  let faster = isPlain ? byLine : undefined;
  return {
    scan(text) {
      const counts = () => new Int32Array(sources.length);
      faster ??= [overText, byLine]
        .map((scan) => ({ scan, time: timed(() => scan(text.slice(0, 8192), counts())) }))
        .sort((a, b) => a.time - b.time)[0].scan;
      return faster(text, counts());
    },
    get how() {
      return faster === overText ? "each over the whole text" : "line by line";
    },
  };
}

function timed(run) {
  // The first run compiles.
  run();
  const from = performance.now();
  run();
  return performance.now() - from;
}

/**
 * An inverted index as one writes it first: a Map from each message's rarest word, the words of a line by a regular
 * expression, candidates proved by their own.
 */
export const plainTokens = {
  name: "Token index, plain",
  build(catalog) {
    const parts = catalog.entries.map(({ messages: [{ text }] }) => literals(text));
    const regexps = parts.map((pieces) => new RegExp(pieces.map(escaped).join(".{1,200}?")));
    const words = catalog.entries.map(({ messages: [{ text }] }) => keys(text).words.map(([word]) => word));
    const frequency = new Map();
    for (const word of words.flat()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
    const lists = new Map();
    words.forEach((list, number) => {
      const rarest = list.reduce((best, word) => (frequency.get(word) < frequency.get(best) ? word : best));
      lists.set(rarest, [...(lists.get(rarest) ?? []), number]);
    });
    return {
      scan(text) {
        const counts = new Int32Array(parts.length);
        for (const line of text.split("\n")) {
          for (const word of new Set(line.match(/[\w\x80-\uffff]+/g))) {
            for (const number of lists.get(word) ?? []) if (regexps[number].test(line)) counts[number] += 1;
          }
        }
        return counts;
      },
    };
  },
};

const FNV = 0x01000193;
const START = 0x811c9dc5 | 0;
const LINE_END = 10;
const IS_WORD = Uint8Array.from({ length: 128 }, (_, code) => Number(/\w/.test(String.fromCharCode(code))));

/** A word that more messages than this share is no good key: then a pair of neighbours is. */
const MOST_SHARED = 8;

/**
 * An inverted index: each message is listed under its rarest whole word, or where that is common, under its rarest pair of
 * neighbouring words. One pass hashes every word of the text without making strings; where a hash is listed, the
 * message's fixed parts are looked for in that line, in order.
 */
export const tokens = {
  name: "Token index, tuned",
  build(catalog) {
    const parts = catalog.entries.map(({ messages: [{ text }] }) => literals(text));
    const keysOf = catalog.entries.map(({ messages: [{ text }] }) => {
      const { words, pairs } = keys(text);
      return { words: words.map(([, hash]) => hash), pairs };
    });
    const frequency = new Map();
    for (const { words, pairs } of keysOf) {
      for (const key of [...words, ...pairs]) frequency.set(key, (frequency.get(key) ?? 0) + 1);
    }
    const rarest = (list) => list.reduce((best, key) => (frequency.get(key) < frequency.get(best) ? key : best));
    const lists = new Map();
    let hasPairs = false;
    keysOf.forEach(({ words, pairs }, number) => {
      let key = rarest(words);
      if (frequency.get(key) > MOST_SHARED && pairs.length > 0) {
        key = rarest([key, ...pairs]);
        hasPairs ||= pairs.includes(key);
      }
      const list = lists.get(key);
      if (list) list.push(number);
      else lists.set(key, [number]);
    });

    // Open addressing, a quarter full; the place of a hash gives its list.
    const bits = Math.max(10, Math.ceil(Math.log2(lists.size * 4)));
    const shift = 32 - bits;
    const hashes = new Int32Array(1 << bits);
    const numbers = new Array(1 << bits).fill(null);
    for (const [hash, list] of lists) {
      let at = Math.imul(hash, 0x9e3779b1) >>> shift;
      while (numbers[at]) at = (at + 1) & (numbers.length - 1);
      hashes[at] = hash;
      numbers[at] = list;
    }
    const find = (hash) => {
      for (let at = Math.imul(hash, 0x9e3779b1) >>> shift; numbers[at]; at = (at + 1) & (numbers.length - 1)) {
        if (hashes[at] === hash) return numbers[at];
      }
      return null;
    };
    const stands = (line, pieces) => {
      let from = 0;
      for (const piece of pieces) {
        const at = line.indexOf(piece, from);
        if (at < 0) return false;
        from = at + piece.length;
      }
      return true;
    };

    return {
      scan(text) {
        const counts = new Int32Array(parts.length);
        // The line on which a message was last looked for, so that a repeated word does not count twice.
        const looked = new Int32Array(parts.length).fill(-1);
        let lineStart = 0;
        let line = null;
        let hash = START;
        let inWord = false;
        let before = 0;
        const look = (list, at) => {
          if (line === null) {
            const end = text.indexOf("\n", at);
            line = text.slice(lineStart, end < 0 ? text.length : end);
          }
          for (const number of list) {
            if (looked[number] === lineStart) continue;
            looked[number] = lineStart;
            if (stands(line, parts[number])) counts[number] += 1;
          }
        };
        for (let at = 0; at <= text.length; at += 1) {
          const code = at < text.length ? text.charCodeAt(at) : LINE_END;
          if (code >= 128 || IS_WORD[code] === 1) {
            hash = Math.imul(hash ^ code, FNV);
            inWord = true;
            continue;
          }
          if (inWord) {
            const list = find(hash);
            if (list !== null) look(list, at);
            if (hasPairs) {
              const pairs = find(pairOf(before, hash));
              if (pairs !== null) look(pairs, at);
              before = hash;
            }
            hash = START;
            inWord = false;
          }
          if (code === LINE_END) {
            lineStart = at + 1;
            line = null;
            before = 0;
          }
        }
        return counts;
      },
    };
  },
};

/** The words of a message that no slot can lengthen, and which of them are neighbours; each with its hash. */
function keys(message) {
  const whole = [];
  const pairs = [];
  for (const part of message.replaceAll(/\{\w+\}/g, "\0\n\0").split("\n")) {
    let before = null;
    for (const [word] of part.matchAll(/\0?[\w\x80-\uffff]+\0?/g)) {
      const hash = word.includes("\0") ? null : hashOf(word);
      if (hash !== null) whole.push([word, hash]);
      if (hash !== null && before !== null) pairs.push(pairOf(before, hash));
      before = hash;
    }
  }
  // Without a whole word there is nothing to find it by; such a message does not occur here.
  if (whole.length === 0) throw new Error(`no whole word in "${message}"`);
  return { words: whole, pairs };
}

function pairOf(first, second) {
  return Math.imul(first, 31) ^ second;
}

function hashOf(word) {
  let hash = START;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), FNV);
  return hash;
}

/** What the two search libraries index of an entry. */
export function documents(catalog) {
  return catalog.entries.map(({ id, messages, texts }) => ({
    id,
    message: messages.map(({ text }) => text.replaceAll(/\{\w+\}/g, " ")).join("\n"),
    title: texts.en?.title ?? "",
    cause: JSON.stringify(texts.en?.situations ?? []).replaceAll(/[^\p{L}\p{N}]+/gu, " "),
  }));
}

/** The module is handed in, because a browser finds it elsewhere. */
export const miniSearch = (MiniSearch) => ({
  name: "MiniSearch",
  build(catalog) {
    const search = new MiniSearch({ fields: ["message", "title", "cause"] });
    search.addAll(documents(catalog));
    return { search: (paste) => search.search(paste)[0]?.id };
  },
});

export const fuse = (Fuse) => ({
  name: "Fuse.js",
  build(catalog) {
    const search = new Fuse(documents(catalog), { keys: ["message", "title"], ignoreLocation: true });
    return { search: (paste) => search.search(paste, { limit: 1 })[0]?.item.id };
  },
});
