// What `check` makes of other people's pages, beside what somebody counted by hand:
//
//     node tests/authors/foreign.mjs FOLDER…
//
// FOLDER holds pages as they were published, and beside NAME.md a NAME.gold.json by whoever read the page and not the
// program:
//
//     { "entries": [{ "line": 12, "title": "…", "messages": ["as a reader sees them", …], "also": [], "optional": false }] }
//
// `messages` are what the product prints and a reader would paste; `also` are texts that may count as messages of the entry
// or not; an `optional` entry may be found or not. The pages themselves belong to others and are not in this repository;
// which ones were read, and what came of it, stands in foreign.md.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;
const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error("usage: node tests/authors/foreign.mjs FOLDER…");
  process.exit(2);
}
execFileSync("cargo", ["build", "--quiet"], { cwd: ROOT, stdio: "inherit" });

/** What two texts must share, of the longer one. */
const LEAST = 0.7;
/** Texts with fewer letters are compared whole. */
const SHORT = 6;
const SLOT = "\0";

/** Letters and digits in one case; what stands in for a value is a slot. */
function folded(text, slots) {
  return [...text.replaceAll(slots, SLOT).toLowerCase()].filter((c) => c === SLOT || /[\p{L}\p{N}]/u.test(c)).join("");
}

const OURS = /\{[^{}|]*\}|…/g;
const THEIRS = /\{\{[^}]*\}\}|\$?\{[^{}]*\}|%\w+;|<[^<>]{1,60}>|…|\.\.\./g;

/** Whether a text with slots stands in another one and is most of it, or holds most of it. */
function isSame(message, counted) {
  const lines = counted.split("\n").filter((line) => line.trim() !== "");
  return [counted, ...lines].some((text) => {
    const [ours, theirs] = [folded(message, OURS), folded(text, THEIRS)];
    // A short code is told with the words that it is printed with.
    if (theirs.length < SHORT && message.split(/[^\p{L}\p{N}]+/u).some((word) => folded(word, OURS) === theirs)) return true;
    return stands(ours, theirs.replaceAll(SLOT, "x")) || stands(theirs, ours.replaceAll(SLOT, "x")) || stands(ours, folded(text, /$^/g));
  });
}

function stands(pattern, text) {
  const letters = pattern.replaceAll(SLOT, "");
  if (letters.length < SHORT) return letters !== "" && letters === text;
  const source = pattern.split(SLOT).join(".*?");
  const found = new RegExp(source, "su").exec(text);
  return found !== null && found[0].length >= LEAST * text.length;
}

function compiled(page) {
  const json = execFileSync(join(ROOT, "target/debug/error-diagnoser"), ["export", "json", "--catalog", page], { stdio: ["ignore", "pipe", "ignore"] });
  return JSON.parse(json).entries.map(({ messages, texts }) => ({
    title: Object.values(texts)[0]?.title ?? "",
    messages: messages.map(({ text }) => text),
  }));
}

/** A page's counts. */
function compare(page, { entries, optional = [] }) {
  const ours = new Set(compiled(page));
  const counts = { entries: 0, found: 0, messages: 0, told: 0, others: 0, wrong: 0 };
  const required = entries.filter((entry) => !entry.optional);
  for (const entry of [...required, ...entries.filter((entry) => entry.optional), ...optional]) {
    const isRequired = required.includes(entry);
    const any = [...entry.messages, ...(entry.also ?? [])];
    const shares = ({ messages }) => messages.some((message) => any.some((counted) => isSame(message, counted)));
    const titled = ({ title, messages }) => [title, ...messages].some((text) => folded(text, OURS) === folded(entry.title, THEIRS));
    const mine = [...ours].find(shares) ?? [...ours].find(titled);
    counts.entries += isRequired;
    counts.messages += isRequired ? entry.messages.length : 0;
    if (!mine) continue;
    ours.delete(mine);
    const is = (counted) => mine.messages.some((message) => isSame(message, counted));
    counts.found += isRequired;
    counts.told += isRequired ? entry.messages.filter(is).length : 0;
    const known = [...any, entry.title];
    counts.wrong += mine.messages.filter((message) => !known.some((counted) => isSame(message, counted))).length;
  }
  counts.others = ours.size;
  return counts;
}

const percent = (part, whole) => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`);
const row = (name, { entries, found, messages, told, others, wrong }) =>
  console.log(`| ${name} | ${entries} | ${found} | ${others} | ${messages} | ${told} | ${wrong} |`);

console.log("| page | entries by hand | found | others | messages by hand | found | wrong |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
const total = { entries: 0, found: 0, messages: 0, told: 0, others: 0, wrong: 0 };
for (const folder of folders) {
  for (const gold of readdirSync(folder).filter((file) => file.endsWith(".gold.json")).sort()) {
    const name = basename(gold, ".gold.json");
    const page = [".md", ".mdx"].map((end) => join(folder, name + end)).find(existsSync);
    if (!page) throw new Error(`there is no page beside ${gold}`);
    const counts = compare(page, JSON.parse(readFileSync(join(folder, gold), "utf8")));
    for (const key of Object.keys(total)) total[key] += counts[key];
    row(name, counts);
  }
}
row("**all**", total);
console.log(`\nEntries: ${percent(total.found, total.entries)} found, ${percent(total.found, total.found + total.others)} of ours right. `
  + `Messages: ${percent(total.told, total.messages)} found, ${percent(total.told, total.told + total.wrong)} of ours right.`);
