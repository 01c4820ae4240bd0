// out/node.json and out/browser.json → out/results.json, out/results.md (tables) and out/results.html (with plots).
//
//     node tests/bench/report.mjs COMMAND      the command that was run, for the record

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { limits } from "./limits.mjs";
import { escape, number, plot } from "./plot.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const read = (name) => JSON.parse(readFileSync(join(here, "out", name), "utf8"));

export const NAMES = {
  engine: "error-diagnoser",
  slices: "error-diagnoser, in slices",
  blob: "error-diagnoser, a file",
  tokens: "Token index, tuned",
  plainTokens: "Token index, plain",
  regexps: "RegExp loop, tuned",
  plainRegexps: "RegExp loop, plain",
  looseRegexps: "RegExp loop, any case",
  minisearch: "MiniSearch",
  fuse: "Fuse.js",
};
/** The colours of a plot's lines, by number. */
const COLOURS = { engine: 0, slices: 6, blob: 5, tokens: 1, plainTokens: 2, regexps: 3, plainRegexps: 7, looseRegexps: 4, minisearch: 2, fuse: 4 };
const READERS = ["engine", "slices", "blob", "tokens", "plainTokens", "regexps", "plainRegexps", "looseRegexps"];

/** The measured point that has all of these, if there is one. */
function finder(points) {
  return (wanted) => points.find((point) => Object.entries(wanted).every(([key, value]) => (point[key] ?? null) === value));
}

/** A figure of a point, or why there is none. */
function figure(point, of) {
  if (!point) return "–";
  if (point.over) return `over ${point.over / 1000} s`;
  if (point.failed) return point.failed === "out of memory" ? point.failed : "failed";
  if (point[of] === undefined) return "–";
  return number(point[of]);
}

/** How many times better `one` is than `other`. */
function ratio(one, other) {
  return Number.isFinite(one) && Number.isFinite(other) && other > 0 ? `${number(one / other)} ×` : "–";
}

const bytesName = (bytes) => (bytes < 1000 ? `${bytes} B` : bytes >= 1e6 ? `${number(bytes / 1e6)} MB` : `${number(bytes / 1e3)} KB`);
const distinct = (values) => [...new Set(values)].sort((a, b) => a - b);

function throughput(points, key, note, title, wanted) {
  const scans = points.filter((point) => point.kind === "scan" && Object.entries(wanted).every(([name, value]) => point[name] === value));
  const readers = READERS.filter((who) => scans.some((point) => point.who === who));
  const find = finder(scans);
  const rows = distinct(scans.map((point) => point[key])).map((value) => {
    const of = (who) => find({ who, [key]: value });
    const ours = of("engine");
    const found = ours?.expected === undefined ? [] : [`${ours.found} of ${ours.expected}${ours.extra ? `, ${ours.extra} too many` : ""}`];
    return [
      key === "entries" ? number(value) : bytesName(value),
      ...readers.map((who) => figure(of(who), "mbps")),
      ...readers.filter((who) => !["engine", "slices", "blob"].includes(who)).map((who) => ratio(ours?.mbps, of(who)?.mbps)),
      ...found,
    ];
  });
  const hasFound = scans.some((point) => point.who === "engine" && point.expected !== undefined);
  const head = [
    key === "entries" ? "Messages" : "Text",
    ...readers.map((who) => NAMES[who]),
    ...readers.filter((who) => !["engine", "slices", "blob"].includes(who)).map((who) => `against ${NAMES[who]}`),
    ...(hasFound ? ["Ours found"] : []),
  ];
  return { title, note, head, rows };
}

function pastes(points) {
  const find = finder(points);
  const all = points.filter(({ kind, who }) => kind === "paste" && who === "engine");
  const rows = all.map(({ entries = null, bytes }) => {
    const of = (who) => find({ kind: "paste", who, entries: entries ?? null, bytes });
    const times = (who) => (of(who)?.p50 === undefined ? figure(of(who), "p50") : `${number(of(who).p50)} / ${number(of(who).p95)}`);
    const right = (who) => (of(who)?.of ? `${Math.round((100 * of(who).right) / of(who).of)} %` : "–");
    const tools = ["engine", "minisearch", "fuse"];
    return [
      entries === null ? "our own" : number(entries),
      bytesName(bytes),
      ...tools.map(times),
      ratio(of("minisearch")?.p95, of("engine").p95),
      ratio(of("fuse")?.p95, of("engine").p95),
      tools.map(right).join(" / "),
    ];
  });
  return {
    title: "A paste, in milliseconds: half of the time, and 95 of 100 times",
    note: "Half of the pastes hold a message as printed, half a damaged one (a letter or a word missing, the end cut off); all but the shortest hold other lines too. Right: the entry is the first hit; ours, MiniSearch, Fuse.js.",
    head: ["Messages", "Paste", "error-diagnoser", "MiniSearch", "Fuse.js", "against MiniSearch", "against Fuse.js", "Right"],
    rows,
  };
}

function ready(points) {
  const find = finder(points);
  const loads = points.filter(({ kind, who }) => kind === "load" && who === "engine");
  const tools = ["tokens", "regexps", "minisearch", "fuse"];
  return {
    title: "A catalog made ready, in milliseconds, and what it then holds",
    note: "The first time in the process; ours from the JSON text (by another module, which our own page does not load), and from the bytes that `build` makes of it; the others from its objects. Memory is that of the module for ours, of JavaScript objects for the others.",
    head: ["Messages", "error-diagnoser", "again", "from `catalog.edc`", "again", ...tools.map((who) => NAMES[who]), "ours holds", "MiniSearch holds"],
    rows: loads.map((ours) => {
      const of = (who) => find({ kind: "load", who, entries: ours.entries ?? null });
      const holds = (point) => (point?.bytes > 0 ? bytesName(point.bytes) : "–");
      return [
        ours.entries ? number(ours.entries) : "our own",
        figure(ours, "first"),
        figure(ours, "again"),
        figure(ours.ready, "first"),
        figure(ours.ready, "again"),
        ...tools.map((who) => figure(of(who), "first")),
        holds(ours),
        holds(of("minisearch")),
      ];
    }),
  };
}

function overTheWire(sizes, cold) {
  const rows = sizes.map(({ file, raw, gzip, brotli }) => [file, ...[raw, gzip, brotli].map((bytes) => number(bytes / 1e3))]);
  for (const who of ["engine", "minisearch"]) {
    const start = cold.find((point) => point.who === who);
    if (start) rows.push([`everything until the first answer, ${NAMES[who]}'s page (${start.files} files)`, number(start.raw / 1e3), "–", number(start.brotli / 1e3)]);
  }
  return { title: "Over the network, in KB", note: "", head: ["What", "raw", "gzip", "brotli"], rows };
}

function coldStarts(cold) {
  const find = finder(cold);
  return {
    title: "From navigation to the first answer, in milliseconds (Chromium)",
    note: "A new profile each time; both pages with the same catalog from the same server, compressed with brotli. The MiniSearch page is the least that one could write.",
    head: ["Network", "error-diagnoser", "MiniSearch page", "our time against its"],
    rows: distinct(cold.map(({ network }) => network)).map((network) => {
      const [ours, other] = ["engine", "minisearch"].map((who) => find({ who, network }));
      return [network, figure(ours, "median"), figure(other, "median"), ratio(ours?.median, other?.median)];
    }),
  };
}

function bigFile(file, memory) {
  const rows = [];
  if (memory && !memory.failed && !memory.over) {
    rows.push([`Node: memory of the module after ${bytesName(memory.bytes)}`, bytesName(memory.wasm)]);
    rows.push(["Node: the whole process at most", bytesName(memory.rss)]);
  } else if (memory) {
    rows.push([`Node: memory after ${bytesName(memory.bytes)}`, figure(memory, "wasm")]);
  }
  if (file && (file.failed || file.over)) {
    rows.push(["Chromium", figure(file, "mbps")]);
  } else if (file) {
    const how = file.hasScan ? "in slices" : "in one call, as there is no scan yet";
    rows.push([`Chromium: ${bytesName(file.read)} ${how}, MB/s`, number(file.mbps)]);
    rows.push(["Chromium: longest task, ms", file.longest > 0 ? number(file.longest) : "under 50"]);
    rows.push(["Chromium: tasks over 50 ms", String(file.longTasks)]);
    rows.push(["Chromium: cancelled within, ms", file.cancel === undefined || file.cancel === null ? "–" : number(file.cancel)]);
    rows.push(["Chromium: memory of the module", bytesName(file.wasm)]);
  }
  return { title: "A big log, 1,000 messages", note: "", head: ["What", "Measured"], rows };
}

function plots(points) {
  const reading = (key, wanted) =>
    READERS.map((who) => ({
      name: NAMES[who],
    colour: COLOURS[who],
      points: points
        .filter((point) => point.kind === "scan" && point.who === who && point.mbps && Object.entries(wanted).every(([name, value]) => point[name] === value))
        .map((point) => [point[key], point.mbps])
        .sort((a, b) => a[0] - b[0]),
    }));
  const plain = (value) => number(value);
  const loads = ["engine", "tokens", "regexps", "minisearch", "fuse"].map((who) => ({
    name: NAMES[who],
    colour: COLOURS[who],
    points: points.filter((point) => point.kind === "load" && point.who === who && point.entries && point.first).map((point) => [point.entries, point.first]),
  }));
  const latency = ["engine", "minisearch", "fuse"].map((who) => ({
    name: NAMES[who],
    colour: COLOURS[who],
    points: points.filter((point) => point.kind === "paste" && point.who === who && point.entries === 1000 && point.p95).map((point) => [point.bytes, point.p95]),
  }));
  return [
    { title: "Reading a log, by the number of messages", x: "messages in the catalog (1 MB of log)", y: "MB/s", format: plain, series: reading("entries", { bytes: 1e6 }) },
    { title: "Reading a log, by its size", x: "size of the log (1,000 messages)", y: "MB/s", format: bytesName, series: reading("bytes", { entries: 1000 }) },
    { title: "A catalog made ready", x: "messages in the catalog", y: "ms, less is better", format: plain, series: loads },
    { title: "A paste, 95 of 100 times", x: "size of the paste (1,000 messages)", y: "ms, less is better", format: bytesName, series: latency },
  ].filter(({ series }) => series.some(({ points }) => points.length > 0));
}

function markdown({ about, tables }) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const sections = tables.map(({ title, note, head, rows }) =>
    [`## ${title}`, ...(note ? [note] : []), [row(head), row(head.map((_, nth) => (nth === 0 ? "---" : "---:"))), ...rows.map(row)].join("\n")].join("\n\n"),
  );
  return [`# Benchmarks`, ...about, ...sections].join("\n\n") + "\n";
}

function html({ about, tables, drawn }) {
  const style = readFileSync(join(here, "report.css"), "utf8");
  const cell = (tag) => (text, nth) => `<${tag}${nth === 0 ? ' class="what"' : ""}>${escape(text)}</${tag}>`;
  const table = ({ title, note, head, rows }) => `<section>
<h2>${escape(title)}</h2>
${note ? `<p>${escape(note)}</p>` : ""}
<div class="wide"><table>
<thead><tr>${head.map(cell("th")).join("")}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row.map(cell("td")).join("")}</tr>`).join("\n")}
</tbody>
</table></div>
</section>`;
  const figures = drawn.map((one) => `<figure>\n<figcaption>${escape(one.title)}</figcaption>\n${plot(one)}\n</figure>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Error Diagnoser: benchmarks</title>
<style>
${style}</style>
</head>
<body>
<h1>Benchmarks</h1>
${about.map((line) => `<p>${escape(line).replaceAll(/`([^`]+)`/g, "<code>$1</code>")}</p>`).join("\n")}
<div class="plots">
${figures.join("\n")}
</div>
${tables.map(table).join("\n")}
</body>
</html>
`;
}

const node = read("node.json");
const browser = read("browser.json");
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: here, encoding: "utf8" }).trim();
const machine = `${cpus().length} cores of ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`;
const results = {
  date: new Date().toISOString().slice(0, 10),
  command: process.argv[2] ?? "tests/bench/run",
  commit,
  machine: { what: machine, node: process.versions.node, chromium: browser.version },
  extent: node.extent,
  node: node.points,
  chromium: browser.points,
  sizes: node.sizes,
};
const cold = browser.points.filter(({ kind }) => kind === "cold");
const report = {
  about: [
    `Measured on ${results.date} at commit ${commit} with \`${results.command}\`: ${machine}; Node ${process.versions.node}, Chromium ${browser.version}.`,
    "Everything in a table was measured in the same run, each catalog's figures in one process, ours and the alternatives by turns, three times over; the middle one counts. Catalogs and logs come from a seeded generator; 30 % of a log's lines hold a message of the catalog, and it is known which. Ours gives whole diagnoses (folding, values, evidence, grouping); the alternatives count exact messages.",
    "To repeat it: `tests/bench/run` (about five minutes), `tests/bench/run --quick`, `tests/bench/run --full`. Natively: `cargo bench`; held against a matcher without an index: `cargo bench -- naive`. With the templates of public logs: `node tests/bench/templates.mjs FOLDER`, kept in templates.md.",
  ],
  tables: [
    limits(finder(node.points), finder(browser.points), node.sizes, number),
    throughput(node.points, "entries", "Node.", "Reading 1 MB of log, by the number of messages, in MB/s", { bytes: 1e6 }),
    throughput(node.points, "bytes", "Node. Up to 64 KB, ours looks for damaged messages too.", "Reading a log with 1,000 messages, by its size, in MB/s", { entries: 1000 }),
    throughput(browser.points, "entries", "Chromium.", "The same in the browser: 1 MB of log, in MB/s", { bytes: 1e6 }),
    pastes(node.points),
    ready(node.points),
    coldStarts(cold),
    overTheWire(node.sizes, cold),
    bigFile(finder(browser.points)({ kind: "file" }), finder(node.points)({ kind: "memory" })),
  ],
  drawn: plots(node.points),
};
writeFileSync(join(here, "out/results.json"), `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(join(here, "out/results.md"), markdown(report));
writeFileSync(join(here, "out/results.html"), html(report));
console.log(markdown(report));
