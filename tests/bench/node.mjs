// Measures in Node; writes out/node.json. tests/bench/run calls it; alone it runs on whatever dist/ holds:
//
//     node tests/bench/node.mjs [--quick|--full]

import { fork } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { catalog, messages } from "./generate.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../../dist");
const out = join(here, "out");

const KB = 1000;
const MB = 1_000_000;

/** How much is measured. Times in milliseconds. */
const EXTENTS = {
  quick: { sizes: [10, 1000, 10_000], texts: [10 * KB, MB], pastes: [1000], budget: 400, limit: 10_000, whole: 10 * MB },
  usual: {
    sizes: [10, 100, 1000, 10_000, 100_000],
    texts: [KB, 10 * KB, 100 * KB, MB, 10 * MB],
    pastes: [100, 1000, 100 * KB],
    budget: 1000,
    limit: 10_000,
    whole: 10 * MB,
  },
  full: {
    sizes: [10, 100, 1000, 10_000, 100_000],
    texts: [KB, 10 * KB, 100 * KB, MB, 10 * MB, 100 * MB],
    pastes: [100, 1000, 100 * KB],
    budget: 3000,
    limit: 120_000,
    whole: 100 * MB,
  },
};

/** At this catalog size the text grows; at this text size the catalog. */
const MIDDLE = 1000;
const TEXT = MB;

/** Every figure is measured this often, ours and the alternatives by turns, so that a busy machine is busy for all. */
const ROUNDS = 3;

const READERS = ["engine", "slices", "blob", "tokens", "plainTokens", "regexps", "plainRegexps", "looseRegexps"];
const SEARCHERS = ["engine", "minisearch", "fuse"];

/** Whether the site that is here can read in slices. */
const hasScan = /\bscan\b\s*[(:]/.test(readFileSync(join(dist, "engine.js"), "utf8"));

export async function measureAll(extent) {
  const chosen = EXTENTS[extent];
  mkdirSync(out, { recursive: true });
  const points = [];
  await onCatalog(join(dist, "catalog.json"), null, ownSteps(chosen), chosen, points);
  for (const entries of chosen.sizes) {
    await onCatalog(write(entries), entries, steps(entries, chosen), chosen, points);
  }
  await onCatalog(write(MIDDLE), MIDDLE, [{ kind: "memory", who: "engine", bytes: chosen.whole }], chosen, points);
  return points;
}

function write(entries) {
  const path = join(out, `catalog-${entries}.json`);
  writeFileSync(path, JSON.stringify(catalog(messages(entries).messages)));
  return path;
}

function ownSteps({ pastes }) {
  return [...SEARCHERS.map((who) => ({ kind: "load", who })), ...byTurns(SEARCHERS, pastes, "paste")];
}

function steps(entries, { texts, pastes, limit }) {
  const isMiddle = entries === MIDDLE;
  const withPastes = isMiddle || entries === 10_000;
  const loads = (...tools) => tools.map((who) => ({ kind: "load", who }));
  // At 100,000 messages the looser expressions take minutes to compile, and then the memory; the plain loop as long as the tuned one.
  const isTooMany = entries === 100_000 && limit < 60_000;
  const readers = READERS.filter((who) => (hasScan || !["slices", "blob"].includes(who)) && !(isTooMany && ["plainRegexps", "looseRegexps"].includes(who)));
  return [
    ...loads("engine", "tokens", "regexps"),
    ...byTurns(readers, isMiddle ? texts : [TEXT], "scan"),
    ...(withPastes ? [...loads("minisearch", "fuse"), ...byTurns(SEARCHERS, pastes, "paste")] : []),
  ];
}

function byTurns(tools, sizes, kind) {
  return sizes.flatMap((bytes) => Array.from({ length: ROUNDS }, () => tools.map((who) => ({ kind, who, bytes }))).flat());
}

/** Takes the steps in a process of their own; one that takes too long is ended and the rest is done in another. */
async function onCatalog(catalogPath, entries, all, { budget, limit }, points) {
  let left = all.map((step) => ({ ...step, entries, budget: step.kind === "load" ? budget : budget / ROUNDS, least: 3 }));
  const largest = left.reduce((most, { kind, bytes }) => (kind === "paste" || !bytes ? most : Math.max(most, bytes)), KB);
  const rounds = new Map();
  const giveUp = (isHopeless) => {
    for (const step of left.filter(isHopeless)) took(step, { over: limit });
    left = left.filter((step) => !isHopeless(step));
  };
  const took = (step, result) => {
    const key = `${step.kind} ${step.who} ${step.bytes}`;
    rounds.set(key, { step, results: [...(rounds.get(key)?.results ?? []), result] });
  };
  while (left.length > 0) {
    const late = await inProcess({ dist, catalogPath, messages: entries, largest, steps: left }, limit, (step, result) => {
      left = left.slice(1);
      took(step, result);
      // What a paste takes grows with its size at least: three that cannot be done in time are not begun.
      const { who, bytes } = step;
      const isHopeless = (next) => next.kind === "paste" && next.who === who && (3 * result.p50 * next.bytes) / bytes > limit;
      const isAnew = result.p50 && left.some(isHopeless);
      if (isAnew) giveUp(isHopeless);
      return !isAnew;
    });
    if (late) {
      // What is too slow here is too slow for more of the same; what cannot be loaded cannot be measured.
      giveUp(
        ({ kind, who, bytes }) =>
          who === late.who && (late.kind === "load" || (kind === late.kind && (bytes ?? 0) >= (late.bytes ?? 0))),
      );
    }
  }
  for (const { step, results } of rounds.values()) points.push(point(step, middle(results)));
}

/** Of several rounds the middle one; where any was given up, that. */
function middle(results) {
  const given = results.find(({ over, failed }) => over || failed);
  if (given) return given;
  const by = (of) => [...results].sort((a, b) => a[of] - b[of])[Math.floor(results.length / 2)];
  return results[0].p50 ? { ...by("p50"), p95: by("p95").p95 } : by(results[0].mbps ? "mbps" : "first");
}

function point({ kind, who, entries, bytes }, result) {
  const made = { kind, who, entries, ...(kind !== "load" && bytes ? { bytes } : {}), ...result };
  console.error(line(made));
  return made;
}

function line({ kind, who, entries, bytes, over, failed, mbps, p50, p95, first, found, expected, extra, right, of, wasm, rss }) {
  const size = bytes && kind !== "load" ? `, ${bytes / 1000} KB` : "";
  const about = `${kind} ${who}, ${entries ?? "own"} entries${size}: `;
  const number = (value) => value.toPrecision(3);
  if (over) return `${about}over ${over / 1000} s`;
  if (failed) return `${about}failed: ${failed}`;
  if (mbps) return `${about}${number(mbps)} MB/s, found ${found} of ${expected}${extra ? `, and ${extra} too many` : ""}`;
  if (p50) return `${about}${number(p50)} ms, p95 ${number(p95)} ms, ${right} of ${of} right`;
  if (wasm) return `${about}module ${number(wasm / MB)} MB, process ${number(rss / MB)} MB`;
  return `${about}${number(first)} ms`;
}

/** Resolves with the step that took too long, if one did. `took` says whether to go on with the rest as it is. */
function inProcess(plan, limit, took) {
  return new Promise((resolve, reject) => {
    const child = fork(join(here, "points.mjs"), [], { execArgv: ["--expose-gc", "--max-old-space-size=8192"] });
    let current;
    let timer;
    let settled = false;
    const settle = (late) => {
      settled = true;
      clearTimeout(timer);
      resolve(late);
    };
    child.on("message", ({ begin, end, result, done }) => {
      if (settled) return;
      if (begin) {
        current = begin;
        timer = setTimeout(() => {
          settled = true;
          child.once("exit", () => resolve(current));
          child.kill("SIGKILL");
        }, limit);
      } else if (end) {
        clearTimeout(timer);
        if (!took(end, result)) {
          settled = true;
          child.once("exit", () => resolve(null));
          child.kill("SIGKILL");
        }
      } else if (done) {
        settle(null);
      }
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (settled) return;
      if (current === undefined) {
        reject(new Error(`measuring ended before its first step (${signal ?? code})`));
        return;
      }
      // Out of memory, most likely: the step counts as failed.
      clearTimeout(timer);
      took(current, { failed: signal === "SIGABRT" ? "out of memory" : `the process ended (${signal ?? code})` });
      settle(null);
    });
    child.send(plan);
  });
}

/** What goes over the network, raw and compressed. */
export function sizes() {
  const modules = ["error_diagnoser", "error_diagnoser_redact", "error_diagnoser_tools"];
  const files = [...modules.flatMap((name) => [`${name}_bg.wasm`, `${name}.js`]), "engine.js", "catalog.edc", "catalog.json"];
  return files.filter((file) => existsSync(join(dist, file))).map((file) => ({ file, ...compressed(readFileSync(join(dist, file))) }));
}

export function compressed(bytes) {
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const extent = process.argv[2]?.replace("--", "") ?? "usual";
  if (!(extent in EXTENTS)) {
    console.error("usage: node node.mjs [--quick|--full]");
    process.exit(2);
  }
  const points = await measureAll(extent);
  writeFileSync(join(out, "node.json"), JSON.stringify({ extent, points, sizes: sizes() }, null, 1));
}
