// Reads a log with the templates of public logs, beside what people use instead:
//
//     node tests/bench/templates.mjs FOLDER [MESSAGES…]
//
// FOLDER holds files `…_templates.csv` as logpai/loghub has them (EventId,EventTemplate; `<*>` for what varies); they are
// other people's and not in this repository. Three of four templates become messages of a catalog, the fourth stands only
// in the log, so that most lines hold none of ours. Where more messages are asked for than there are, words of the
// templates are exchanged for others of them. It needs what `tests/bench/run` installs and builds.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { looseRegexps, plainRegexps, plainTokens, regexps, tokens, valueRegexps } from "./alternatives.mjs";
import { Random, SEED, SHARE, fill, id } from "./generate.mjs";
import { measure } from "./measure.mjs";

const MB = 1_000_000;
const dist = new URL("../../dist/", import.meta.url);
const [folder, ...sizes] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node tests/bench/templates.mjs FOLDER [MESSAGES…]");
  process.exit(2);
}

/** What may be a message: `<*>` became a slot, and enough is fixed that it says something. */
function templatesOf(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith("_templates.csv")).sort();
  const rows = files.flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split(/\r?\n/).slice(1));
  const texts = rows.map((row) => {
    const cell = row.slice(row.indexOf(",") + 1);
    const text = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    let slot = 0;
    // A template may be no more than braces of its own.
    return /[{}|…]/.test(text) ? "" : text.replaceAll("<*>", () => `{hex${(slot += 1)}}`).trim();
  });
  return { files: files.length, texts: [...new Set(texts.filter(saysSomething))] };
}

/** Whether a fixed part has a whole word and enough letters, so that every tool can look for it. */
function saysSomething(text) {
  return text.split(/\{\w+\}/).some((part) => (part.match(/[a-z]/gi)?.length ?? 0) >= 8 && /(?:^|\W)\w{3,}(?:\W|$)/.test(part));
}

/** So many messages: the templates, and then the same with one or two words exchanged. */
function messagesOf(templates, count, random) {
  const vocabulary = [...new Set(templates.flatMap((text) => text.replaceAll(/\{\w+\}/g, " ").match(/\b[a-z]{4,}\b/gi) ?? []))];
  const made = new Set(templates.slice(0, count));
  while (made.size < count) {
    const words = random.pick(templates).split(/(?<![{\w])(?=[a-z]{4,}(?![}\w]))|(?<=(?<![{\w])[a-z]{4,})(?![}\w])/i);
    const at = words.flatMap((word, nth) => (/^[a-z]{4,}$/i.test(word) ? [nth] : []));
    for (let nth = 0; at.length > 0 && nth < 2; nth += 1) words[random.pick(at)] = random.pick(vocabulary);
    made.add(words.join(""));
  }
  return [...made];
}

function logOf(messages, strangers, size, random) {
  const lines = [];
  for (let length = 0, second = 0; length < size; second += 1) {
    const clock = new Date(Date.UTC(2031, 3, 7) + second * 700).toISOString();
    const source = random.below(100) < SHARE ? messages[random.skewed(messages.length)] : random.pick(strangers);
    lines.push(`${clock} INFO ${fill(source, random)}`);
    length += lines.at(-1).length + 1;
  }
  return `${lines.join("\n")}\n`;
}

const TOOLS = { tokens, plainTokens, regexps, plainRegexps, looseRegexps, valueRegexps };

async function measured(own, strangers, count) {
  const random = new Random(SEED);
  const messages = messagesOf(own, count, random);
  const log = logOf(messages, strangers, MB, random);
  const entries = messages.map((text, nth) => ({
    id: id(nth),
    product: "bench",
    messages: [{ lang: "en", text }],
    texts: { en: { title: text, situations: [{ cause: [{ text: "It happens." }], steps: [[{ text: "Try again." }]] }] } },
  }));
  const catalog = { format: 1, products: [{ id: "bench", titles: { en: "Bench" } }], apps: [], entries };
  const engine = await load({ catalog });
  const ours = await measure(() => engine.diagnose(log, {}), { budget: 2000 });
  const speed = log.length / 1e3 / ours.median;
  const others = [];
  for (const [name, tool] of Object.entries(TOOLS)) {
    const scanner = tool.build(catalog);
    // A loop takes the same for every byte, so a piece tells.
    const piece = name.endsWith("egexps") ? log.slice(0, count > 2000 ? 32_000 : 200_000) : log;
    const { median } = await measure(() => scanner.scan(piece), { budget: 2000 });
    const its = piece.length / 1e3 / median;
    others.push(`${its.toPrecision(3)} (${(speed / its).toPrecision(3)} ×)`);
  }
  return [count, speed.toPrecision(3), ...others];
}

const { load } = await import(new URL("engine.js", dist).href);
const { files, texts } = templatesOf(folder);
const strangers = texts.filter((_, nth) => nth % 4 === 3);
const own = texts.filter((_, nth) => nth % 4 !== 3);
console.log(`${texts.length} templates of ${files} logs: ${own.length} in catalogs, the others in the log only. MB/s, and ours against it.\n`);
const row = (cells) => console.log(`| ${cells.join(" | ")} |`);
row(["Messages", "error-diagnoser", ...Object.values(TOOLS).map(({ name }) => name)]);
row(["---", "---:", ...Object.values(TOOLS).map(() => "---:")]);
for (const count of sizes.length > 0 ? sizes.map(Number) : [1000, 10_000]) row(await measured(own, strangers, count));
