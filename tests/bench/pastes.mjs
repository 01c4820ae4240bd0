// What people paste: one message, a few lines around it, a page of log. Half of it as printed, half of it damaged.

import { fill, id, log, Random, SEED } from "./generate.mjs";

/** How many pastes of each size are measured. */
const PASTES = new Map([[100, 200], [1000, 200], [100_000, 10]]);

/**
 * Pastes of about so many bytes, each with the entries that it holds; a search needs to find one of them.
 *
 * @param {{ messages: string[], strangers: string[] } | { catalog: any }} source  generated messages, or a catalog's own
 * @returns {{ text: string, entries: string[] }[]}
 */
export function pastes(source, bytes) {
  const random = new Random(SEED ^ bytes);
  const known = "catalog" in source ? ofCatalog(source.catalog) : source.messages.map((text, nth) => ({ text, entries: [id(nth)] }));
  // The lines around a message are of no catalog: those that the generator makes without any of these messages.
  const strangers = "catalog" in source ? [] : source.strangers;
  return Array.from({ length: PASTES.get(bytes) ?? 10 }, (_, nth) => {
    const { text: message, entries } = random.pick(known);
    const filled = fill(message, random);
    const text = nth % 2 === 0 ? filled : damaged(filled, random);
    if (bytes <= 100) return { text, entries };
    const around = noise(strangers, bytes - text.length, nth);
    const half = around.indexOf("\n", around.length / 2) + 1;
    return { text: `${around.slice(0, half)}${text}\n${around.slice(half)}`, entries };
  });
}

/** Every message of a catalog without its notation, and whose it is. */
function ofCatalog({ entries }) {
  const known = new Map();
  for (const entry of entries) {
    for (const { text, regex } of entry.messages) {
      if (regex) continue;
      const plain = text.replaceAll(/\{([^{}|]+)\|[^{}]*\}/g, "$1").replaceAll("…", "and more");
      known.set(plain, [...(known.get(plain) ?? []), entry.id]);
    }
  }
  return [...known].map(([text, ids]) => ({ text, entries: ids }));
}

/** Lines of a log without a single message of the catalog. */
function noise(strangers, bytes, nth) {
  const others = strangers.length > 0 ? strangers : ["job {id} picked up by {host}", "user {user} signed in from {address}"];
  const lines = log({ messages: others, strangers: others }, Math.max(bytes, 100), SEED + nth).bytes;
  return Buffer.from(lines).toString();
}

/** A typing error, a missing word, or the end cut off. */
function damaged(text, random) {
  const words = text.split(" ");
  const at = random.below(words.length);
  switch (random.below(3)) {
    case 0: {
      const letter = random.below(Math.max(1, words[at].length - 1));
      words[at] = words[at].slice(0, letter) + words[at].slice(letter + 1);
      return words.join(" ");
    }
    case 1:
      return words.length > 4 ? words.toSpliced(at, 1).join(" ") : text;
    default:
      return text.slice(0, Math.ceil(text.length * 0.8));
  }
}
