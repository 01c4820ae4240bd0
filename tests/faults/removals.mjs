// Takes each protection away, one at a time, and sees its test fail. Not part of tests/run: it takes half an hour.
//
//     node tests/faults/removals.mjs [LINE…]
//
// LINE is a number of the table in README.md; without one, all. What came out is written to removals.md, where the rows of
// other lines stay. It edits files in place and puts them back; it refuses to begin where something is not committed.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { source } from "../browser/harness.mjs";
import { REMOVALS } from "./protections.mjs";

/** How a test is run: what runs it, where it stands, and what says that it ran. */
const NATIVE = (suite) => ({
  command: (test) => ["cargo", "test", "--test", suite, test],
  file: ["", ".rs"].map((end) => `tests/${suite}${end}`).find((path) => existsSync(join(source, path))) ?? suite,
  ran: /^running [1-9]/m,
});
const NODE = (file) => ({
  command: (test) => ["node", "--test", "--test-reporter=tap", "--test-timeout=150000", "--test-force-exit", `--test-name-pattern=${test}`, file],
  file,
  // One that waits for ever is cancelled, and has failed all the same.
  ran: /^# pass [1-9]|^# fail [1-9]|test timed out after/m,
  first: ["cargo", "run", "--quiet", "--", "build"],
});
const SUPPLY = { command: (test) => ["tests/supply/run", test], file: "tests/supply/run", ran: /^== /m };

const runnerOf = (suite) =>
  suite === "supply" ? SUPPLY : ["faults", "fuzz", "matcher", "redact"].includes(suite) ? NATIVE(suite) : NODE(`tests/${suite}.test.mjs`);

/** Where a protection stands: files move, so any file of the sources is looked through when it is not where it was. */
function find(file, from) {
  const holds = (path) => existsSync(join(source, path)) && readFileSync(join(source, path), "utf8").includes(from);
  if (holds(file)) return file;
  const others = execFileSync("git", ["ls-files", "src", "www"], { cwd: source, encoding: "utf8" }).trim().split("\n").filter(holds);
  return others.length === 1 ? others[0] : null;
}

/** What becomes of the test without the protection. */
function outcomeOf({ file, from, to, suite, test }) {
  const place = find(file, from);
  if (place === null) return "NOT THERE any more";
  const path = join(source, place);
  const text = readFileSync(path, "utf8");
  const runner = runnerOf(suite);
  try {
    writeFileSync(path, text.replace(from, () => to));
    const run = ([command, ...args]) => spawnSync(command, args, { cwd: source, encoding: "utf8", timeout: 900_000, maxBuffer: 2 ** 28 });
    if (runner.first && run(runner.first).status !== 0) return "DOES NOT BUILD";
    const ended = run(runner.command(test));
    const said = `${ended.stdout}${ended.stderr}`;
    if (/could not compile|imports itself|cannot be made with|SyntaxError/.test(said)) return "DOES NOT BUILD";
    if (!runner.ran.test(said)) return "THERE IS NO SUCH TEST";
    return ended.status === 0 ? "SURVIVED" : "fails";
  } finally {
    writeFileSync(path, text);
  }
}

const wanted = process.argv.slice(2);
const dirty = execFileSync("git", ["status", "--porcelain", "--untracked-files=no"], { cwd: source, encoding: "utf8" });
if (dirty) throw new Error(`commit or stash first:\n${dirty}`);

/** What is known from earlier, by the cells before the last; of removals that there still are. */
const table = join(source, "tests/faults/removals.md");
const before = existsSync(table) ? readFileSync(table, "utf8") : "";
const known = new Map([...before.matchAll(/^\| (\d+ \| .*) \| (.+) \|$/gm)].map(([, cells, outcome]) => [cells, outcome]));
const cellsOf = ({ line, without, suite, test }) => `${line} | ${without} | \`${test}\` in ${runnerOf(suite).file}`;

let survived = 0;
for (const removal of REMOVALS) {
  const { line, without } = removal;
  if (wanted.length > 0 && !wanted.includes(String(line))) continue;
  const outcome = outcomeOf(removal);
  known.set(cellsOf(removal), outcome);
  if (outcome !== "fails") survived += 1;
  console.log(`${line}: ${outcome} without ${without}`);
}

const rows = REMOVALS.map((removal) => [removal, known.get(cellsOf(removal)) ?? "not tried yet"]);
const head = "Written by `node tests/faults/removals.mjs`: each protection taken away by itself, and what its test said then.";
writeFileSync(
  table,
  `# What fails without its protection\n\n${head}\n\n| line | without | test | |\n| --- | --- | --- | --- |\n` +
    rows.map(([removal, outcome]) => `| ${cellsOf(removal)} | ${outcome} |\n`).join(""),
);
const unproved = Array.from({ length: 30 }, (_, nth) => nth + 1).filter((line) => !rows.some(([removal, outcome]) => removal.line === line && outcome === "fails"));
if (unproved.length > 0) console.log(`lines without a removal that fails: ${unproved.join(", ")}`);
process.exitCode = survived > 0 || unproved.length > 0 ? 1 : 0;
