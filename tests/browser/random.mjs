// Pastes made at random: our own cases and pieces of them, spoilt as a fuzzer does it. The same seed makes the same pastes.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const tests = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What sets the readers of layers, slots, apps and secrets off. */
const TOKENS = (
  "\n|\r\n|\t| |\"|\\\"|\\\\\\\"|\\n|\\u0022|\\u00e9|&amp;|&#x27;|&lt;|%20|%25|%2F|=3D|=\n|> > || |<br>|<b>|</td><td>|{|}|[|]|{0}|…|‘|’|„|" +
  "\u200b|\u00a0|\ufeff|\u202e|\u0000|\u001b[31m|\u001b[0m|😀|é|각|ﬁ|İ|ß|𝔘|\r|Caused by: |Exception: |at x.y(Z.java:7)|Okta|Salesforce|Box|" +
  "password=|token: |Bearer abcDEF123456|ann@contoso.com|10.1.2.3|2001:db8::1|C:\\Users\\ann\\|ssh://ann@host/|401|429|HTTP 500|" +
  "7f3c4e1a-0b2d-4c5e-8f60-718293a4b5c6|NullPointerException|a|e|x1|not |kan niet |kunde inte |없습니다"
).split("|");

/** The cases in a file of JSON lines. @param {string} path */
export function read(path) {
  return readFileSync(path, "utf8").split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));
}

/** Numbers from 0 to below a bound, the same for the same seed (mulberry32). @param {number} seed */
export function numbers(seed) {
  let state = seed >>> 0;
  return (/** @type {number} */ below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Every text of ours that somebody could paste. */
function seeds() {
  const cases = readdirSync(join(tests, "cases")).filter((name) => name.endsWith(".jsonl")).flatMap((name) => read(join(tests, "cases", name)));
  const secrets = read(join(tests, "redact/secrets.jsonl")).filter((_, nth) => nth % 7 === 0);
  return [...cases, ...read(join(tests, "browser/parity.jsonl")), ...secrets].map(({ text }) => text).filter((text) => text.length < 20_000);
}

/** One change: something is put in, taken out, repeated, turned round, or taken from another text. */
function changed(text, all, random) {
  const pick = (list) => list[random(list.length)];
  const at = random(text.length + 1);
  const to = Math.min(text.length, at + random(40));
  switch (random(9)) {
    case 0:
    case 1:
      return text.slice(0, at) + pick(TOKENS) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(to);
    case 3:
      return text.slice(0, at) + text.slice(at, to).repeat(1 + random(6)) + text.slice(to);
    case 4:
      return text.slice(0, at) + String.fromCharCode(random(0x250)) + text.slice(at + 1);
    case 5:
      return text.slice(0, at) + pick(all).slice(0, random(300)) + text.slice(at);
    case 6:
      return `${pick(all).slice(0, 2000)}\n${text}`;
    case 7:
      return text.slice(0, at) + (random(2) ? text.slice(at, to).toUpperCase() : encodeURIComponent(text.slice(at, to).toWellFormed())) + text.slice(to);
    default:
      return random(4) ? text : JSON.stringify({ message: text }).slice(random(3));
  }
}

/**
 * @param {number} count
 * @param {number} seed
 * @returns {{ id: string, text: string, lang?: string, app?: string, product?: string }[]}
 */
export function randomCases(count, seed) {
  const random = numbers(seed);
  const all = seeds();
  return Array.from({ length: count }, (_, nth) => {
    let text = all[random(all.length)];
    for (let change = random(7); change > 0; change -= 1) text = changed(text, all, random);
    return {
      id: `random ${seed}-${nth}`,
      // Half a character is no text outside JavaScript.
      text: text.slice(0, 30_000).toWellFormed(),
      lang: ["en", "nl", "sv", "ko", undefined][random(5)],
      app: random(5) ? undefined : ["Okta", "Box", "Salesforce", "nobody knows it"][random(4)],
      product: random(8) ? undefined : ["itsmc", "cas"][random(2)],
    };
  });
}
