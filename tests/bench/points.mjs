// The process that measures, one catalog a process: ours and the alternatives, side by side. node.mjs starts it, hands it
// steps, and ends it where a step takes too long.
//
// A step is { kind, who, … }; what it answers stands with each kind below.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import Fuse from "fuse.js";
import MiniSearch from "minisearch";

import { fuse, looseRegexps, miniSearch, plainRegexps, plainTokens, regexps, tokens } from "./alternatives.mjs";
import * as generate from "./generate.mjs";
import { linePrefix, measure, quantile } from "./measure.mjs";
import { pastes } from "./pastes.mjs";

const alternatives = {
  regexps,
  plainRegexps,
  looseRegexps,
  plainTokens,
  tokens,
  minisearch: miniSearch(MiniSearch),
  fuse: fuse(Fuse),
};

/** What this process works on; `plan` fills it. @type {any} */
const subject = {};

/** Built alternatives and the loaded engine, each made once. */
const made = new Map();

function plan({ dist, catalogPath, messages, largest }) {
  subject.dist = dist;
  subject.catalogPath = catalogPath;
  subject.catalog = JSON.parse(readFileSync(catalogPath, "utf8"));
  subject.numbers = new Map(subject.catalog.entries.map(({ id }, number) => [id, number]));
  if (messages) {
    subject.source = generate.messages(messages);
    subject.log = generate.log(subject.source, largest);
  }
}

const kinds = {
  /** From the catalog to the first answer possible: the first time, again, and the memory that it then holds. */
  async load({ who, least, budget }) {
    const before = await memory();
    if (who !== "engine") {
      // The catalog is data already, as ours would be had it come over the network as JSON.
      const from = performance.now();
      made.set(who, alternatives[who].build(subject.catalog));
      const first = performance.now() - from;
      const bytes = (await memory()) - before;
      const again = await measure(() => alternatives[who].build(subject.catalog), { least, budget, warm: false });
      return { first, again: again.median, bytes };
    }
    const { load } = await import(pathToFileURL(join(subject.dist, "engine.js")).href);
    // Starting the modules (compiling them) is no part of making a catalog ready, and reading a file neither.
    const [glue, tools] = await Promise.all(["error_diagnoser.js", "error_diagnoser_tools.js"].map((name) => import(pathToFileURL(join(subject.dist, name)).href)));
    await load({ catalog: { format: 1, entries: [] } });
    const empty = await wasmBytes(glue);
    const json = readFileSync(subject.catalogPath);
    const compile = () => {
      const compiled = new tools.Compiled(json);
      const compact = compiled.bytes();
      compiled.free();
      return compact;
    };
    const timed = (make) => {
      const from = performance.now();
      const result = make();
      return { result, time: performance.now() - from };
    };
    const compiled = timed(compile);
    const read = timed(() => new glue.Diagnoser(compiled.result));
    const bytes = (await wasmBytes(glue)) - empty;
    read.result.free();
    const compact = () => new glue.Diagnoser(compiled.result).free();
    const again = await measure(() => new glue.Diagnoser(compile()).free(), { least, budget, warm: false });
    const ready = { first: read.time, again: (await measure(compact, { least, budget: budget / 4, warm: false })).median, size: compiled.result.length };
    made.set(who, await load({ catalog: pathToFileURL(subject.catalogPath) }));
    return { first: compiled.time + read.time, again: again.median, bytes, ready };
  },

  /** How long a paste takes, over many pastes, and how many find their entry. */
  async paste({ who, bytes, budget }) {
    const tool = await get(who);
    const texts = pastes(subject.source ?? { catalog: subject.catalog }, bytes);
    const find =
      who === "engine"
        ? (paste) => entriesOf(tool.diagnose(paste, {}))
        : (paste) => [tool.search(paste)].filter((id) => id !== undefined);
    let right = 0;
    let tried = 0;
    // Every paste once, or as many as the budget allows, to warm up and to see what is found; then again, timed.
    let times = await timedOver(texts, 2 * budget, ({ text, entries }) => {
      tried += 1;
      if (find(text).some((id) => entries.includes(id))) right += 1;
    });
    const spent = times.reduce((sum, time) => sum + time, 0);
    const rounds = tried < texts.length ? 0 : Math.min(20, Math.floor((2 * budget) / spent));
    if (rounds > 0) times = [];
    for (let round = 0; round < rounds; round += 1) {
      times.push(...(await timedOver(texts, Infinity, ({ text }) => find(text))));
    }
    return { p50: quantile(times, 0.5), p95: quantile(times, 0.95), right, of: tried };
  },

  /** How fast a log is read, and whether every planted message is found. */
  async scan({ who, bytes, least, budget }) {
    const { part, planted } = linePrefix(subject.log, bytes);
    const text = Buffer.from(part).toString();
    let size = part.length;
    let answer;
    let run;
    if (who === "engine" || who === "slices" || who === "blob") {
      const engine = await get("engine");
      const source = who === "blob" ? new Blob([part]) : text;
      run = async () => (answer = await (who === "engine" ? engine.diagnose(text, {}) : engine.scan(source, {})));
    } else {
      const tool = await get(who);
      // A slow one takes the same for every byte, so it is measured on as much as it can read.
      if (who !== "tokens") size = readable(tool, text, size, budget);
      const piece = size < part.length ? Buffer.from(part.subarray(0, size)).toString() : text;
      run = () => (answer = tool.scan(piece));
    }
    const times = await measure(run, { least, budget });
    const { found, expected, extra } = compare(answer, planted, size === part.length ? planted.length : linesIn(part, size));
    const how = made.get(who)?.how;
    return { mbps: size / 1e3 / times.median, ms: times.median, runs: times.runs, read: size, found, expected, extra, how };
  },

  /** What the module holds, and what the process has needed at most, after reading a whole log. */
  async memory({ bytes }) {
    const engine = await get("engine");
    const { part } = linePrefix(subject.log, bytes);
    if (engine.scan) await engine.scan(new Blob([part]), {});
    else engine.diagnose(Buffer.from(part).toString(), {});
    const glue = await import(pathToFileURL(join(subject.dist, "error_diagnoser.js")).href);
    return { wasm: await wasmBytes(glue), rss: process.resourceUsage().maxRSS * 1024 };
  },
};

/** How long each took, until the budget is used; at least three. */
async function timedOver(texts, budget, run) {
  const times = [];
  let spent = 0;
  for (const text of texts) {
    if (spent > budget && times.length >= 3) break;
    const from = performance.now();
    run(text);
    times.push(performance.now() - from);
    spent += times.at(-1);
  }
  return times;
}

async function get(who) {
  if (!made.has(who)) {
    if (who === "engine") {
      const { load } = await import(pathToFileURL(join(subject.dist, "engine.js")).href);
      made.set(who, await load({ catalog: pathToFileURL(subject.catalogPath) }));
    } else {
      made.set(who, alternatives[who].build(subject.catalog));
    }
  }
  return made.get(who);
}

/** Bytes of JavaScript objects alive. */
async function memory() {
  // What was made before may be freed late.
  for (let nth = 0; nth < 3; nth += 1) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The glue starts once and then answers with the module's exports. */
async function wasmBytes(glue) {
  return (await glue.default()).memory.buffer.byteLength;
}

/** The entries that an answer names as such, not as merely close. */
function entriesOf(report) {
  return report.diagnoses
    .filter(({ confidence }) => confidence !== "possible")
    .flatMap(({ entry, alternatives: others }) => [entry, ...others]);
}

/** How many bytes a tool can read in the budget, whole lines and at least 16 KB, going by a first piece. */
function readable(tool, text, size, budget) {
  const piece = text.slice(0, 16_000);
  tool.scan(piece);
  const from = performance.now();
  tool.scan(piece);
  const possible = Math.max(16_000, (Math.max(budget, 500) * piece.length) / (performance.now() - from));
  return possible >= size ? size : lineEnd(possible);
}

function lineEnd(bytes) {
  return linePrefix(subject.log, bytes).part.length;
}

function linesIn(part, size) {
  return linePrefix({ bytes: part, planted: subject.log.planted }, size).planted.length;
}

/** What was found against what was planted in the first so many lines. */
function compare(answer, planted, lines) {
  const expected = new Int32Array(subject.numbers.size);
  for (const number of planted.subarray(0, lines)) if (number >= 0) expected[number] += 1;
  let counts = answer;
  if (!(answer instanceof Int32Array)) {
    counts = new Int32Array(expected.length);
    for (const { entry, confidence, count } of answer.diagnoses) {
      if (confidence === "certain") counts[subject.numbers.get(entry)] += count;
    }
  }
  const sum = { found: 0, expected: 0, extra: 0 };
  expected.forEach((wanted, number) => {
    sum.expected += wanted;
    sum.found += Math.min(wanted, counts[number]);
    sum.extra += Math.max(0, counts[number] - wanted);
  });
  return sum;
}

process.on("message", async ({ steps, ...about }) => {
  plan(about);
  for (const step of steps) {
    process.send({ begin: step });
    try {
      process.send({ end: step, result: await kinds[step.kind](step) });
    } catch (error) {
      process.send({ end: step, result: { failed: String(error.message ?? error).split("\n")[0] } });
    }
  }
  process.send({ done: true });
  process.disconnect();
});
