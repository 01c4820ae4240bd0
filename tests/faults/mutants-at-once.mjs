// Mutation testing of whole modules: node tests/faults/mutants-at-once.mjs MODULE… [K/N] [--again]
//
// The mutants are those of cargo-mutants, which builds the package for each of them. Here a copy of the package gets all of
// them at once: every function chooses at run time, by the variable MUTANT, between its body and the mutants of it. So it
// is built once, and each mutant costs a run of the tests until the first one fails. Left out are mutants of constants and
// of functions that return closures, which cannot choose; tests/faults/mutants tries those. With --again, those that a test
// noticed the last time are taken to be noticed still, by the name of the mutant: only where a line moved, or none failed,
// it is tried anew.

import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;
const SLOW = ["linear_time", "time_is_linear"].flatMap((name) => ["--skip", name]);

/** For each module its files, and the tests that are to notice, those that notice soonest first. */
const MODULES = {
  matcher: { files: ["src/matcher.rs", "src/matcher/**"], tests: [["it_matcher", "matcher::"], ["it_diagnosis", "diagnosis::"], ["it_messages", "it_accuracy"]] },
  diagnosis: { files: ["src/diagnosis/**"], tests: [["it_diagnosis"], ["diagnosis::", "it_messages", "it_accuracy"]] },
  page: { files: ["src/page/**"], tests: [["it_page", "page::", "it_check"], ["check::", "it_messages", "it_accuracy"]] },
  redact: { files: ["src/redact.rs", "src/redact/**"], tests: [["it_redact::corpus", "redact::"], ["it_redact::promises"]] },
};
/** The integration tests become modules of the library's own tests: then one program holds all. */
const TESTS = ["diagnosis/main.rs", "matcher.rs", "messages.rs", "accuracy.rs", "page.rs", "check.rs", "redact/main.rs"];
/** A mutant that never ends is noticed too. */
const LONGEST = 60_000;

const shard = process.argv.slice(2).find((argument) => argument.includes("/")) ?? "0/1";
const again = process.argv.includes("--again");
const modules = process.argv.slice(2).filter((argument) => !argument.includes("/") && argument !== "--again");
if (modules.length === 0 || modules.some((name) => !(name in MODULES))) {
  console.error(`usage: node tests/faults/mutants-at-once.mjs ${Object.keys(MODULES).join("|")}… [K/N] [--again]`);
  process.exit(2);
}

const work = join(ROOT, "target", "mutants-at-once");
const copy = join(work, "copy");
rmSync(copy, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
execFileSync("git", ["clone", "--quiet", ROOT, copy]);
const cargo = (...args) =>
  execFileSync("cargo", args, {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, CARGO_TARGET_DIR: join(work, "target") },
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "ignore"],
  });

const lib = join(copy, "src/lib.rs");
const included = TESTS.map((path) => `#[cfg(test)]\n#[path = "../tests/${path}"]\nmod it_${path.split(/[/.]/)[0]};\n`);
writeFileSync(
  lib,
  `#![allow(arithmetic_overflow, unconditional_panic)]\n${readFileSync(lib, "utf8")}
#[cfg(test)]
extern crate self as error_diagnoser;
${included.join("")}
/// The number of the mutant that was chosen; 0 for none.
pub(crate) fn chosen_mutant() -> usize {
    static CHOSEN: std::sync::LazyLock<usize> =
        std::sync::LazyLock::new(|| std::env::var("MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(0));
    *CHOSEN
}
`,
);

const mutants = modules.flatMap((module) => {
  const files = MODULES[module].files.flatMap((file) => ["--file", file]);
  const [first, every] = shard.split("/").map(Number);
  const all = JSON.parse(cargo("mutants", "--list", "--json", ...files));
  return all.filter((_, at) => at % every === first).map((mutant) => ({ ...mutant, module }));
});
mutants.forEach((mutant, at) => (mutant.id = at + 1));
const originals = new Map(mutants.map(({ file }) => [file, readFileSync(join(copy, file), "utf8")]));

/** Where the body of a function begins: the first brace outside of parentheses and brackets. */
function bodyOf(text, from) {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith("//", at)) at = text.indexOf("\n", at);
    else if ("([".includes(text[at])) depth++;
    else if (")]".includes(text[at])) depth--;
    else if (text[at] === "{" && depth === 0) return at;
  }
  throw new Error("a function without a body");
}

/** Writes a file with its mutants, and returns which lines each of them got. */
function write(file) {
  const source = originals.get(file);
  const lines = [0];
  for (let at = 0; at < source.length; at++) if (source[at] === "\n") lines.push(at + 1);
  const offset = ({ line, column }) =>
    lines[line - 1] + [...source.slice(lines[line - 1], lines[line])].slice(0, column - 1).join("").length;
  const functions = new Map();
  for (const mutant of mutants.filter((mutant) => mutant.file === file)) {
    if (!mutant.function) {
      mutant.state = "untried";
      continue;
    }
    const [start, end] = [offset(mutant.function.span.start), offset(mutant.function.span.end)];
    const known = functions.get(start) ?? { start, end, mutants: [] };
    known.mutants.push(mutant);
    functions.set(start, known);
  }
  // A function inside another one is a part of its body.
  const outer = [];
  for (const one of [...functions.values()].sort((a, b) => a.start - b.start)) {
    if (outer.length > 0 && one.start < outer.at(-1).end) outer.at(-1).mutants.push(...one.mutants);
    else outer.push(one);
  }
  const places = [];
  let [text, done] = ["", 0];
  const line = () => text.split("\n").length;
  for (const { start, end, mutants } of outer) {
    const name = start + source.slice(start, end).search(/^\s*(pub(\([a-z]+\))? )?(const )?fn /m);
    const open = bodyOf(source, name);
    if (/->.*\bimpl |\bconst fn /s.test(source.slice(name, open))) {
      for (const mutant of mutants) mutant.state = "untried";
      continue;
    }
    text += `${source.slice(done, open + 1)} match crate::chosen_mutant() {\n`;
    for (const mutant of mutants.filter((mutant) => mutant.state !== "unviable")) {
      mutant.state = "viable";
      const from = line();
      const { span, replacement } = mutant;
      text += `${mutant.id} => {${source.slice(open + 1, offset(span.start))} ${replacement} `;
      text += `${source.slice(offset(span.end), end - 1)}}\n`;
      places.push({ file, from, to: line() - 1, mutant });
    }
    text += `_ => {${source.slice(open + 1, end - 1)}}\n}`;
    done = end - 1;
  }
  writeFileSync(join(copy, file), text + source.slice(done));
  return places;
}

const OPTIMISED = ["--config", "profile.dev.package.error-diagnoser.opt-level=1"];

/** Builds them all, without those that the compiler refuses, and returns the program. */
function build() {
  for (;;) {
    const places = [...originals.keys()].flatMap(write);
    let said;
    try {
      said = cargo("test", "--lib", "--no-run", "--message-format=json", ...OPTIMISED);
      return said.split("\n").map((line) => line && JSON.parse(line).executable).find(Boolean);
    } catch (error) {
      said = error.stdout ?? "";
    }
    const errors = said.split("\n").filter(Boolean).map((line) => JSON.parse(line).message);
    let refused = 0;
    for (const { spans } of errors.filter((error) => error?.level === "error")) {
      const isIn = (span) => (place) =>
        place.file === span.file_name && place.from <= span.line_start && span.line_start <= place.to;
      const place = spans.map((span) => places.find(isIn(span))).find(Boolean);
      if (place && place.mutant.state === "viable") {
        place.mutant.state = "unviable";
        refused++;
      }
    }
    if (refused === 0) throw new Error(`does not compile: ${errors.map((error) => error?.rendered).join("")}`);
    console.log(`${refused} refused by the compiler`);
  }
}

/** Runs tests with a mutant until one fails. */
function run(program, mutant, tests) {
  return new Promise((resolve) => {
    const env = { ...process.env, MUTANT: String(mutant), RUST_TEST_THREADS: "1", PROPTEST_RNG_SEED: "1" };
    // What grows without end is stopped before the machine is.
    const child = spawn("bash", ["-c", 'ulimit -v 6000000; exec "$0" "$@"', program, ...tests, ...SLOW], {
      cwd: copy,
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let said = "";
    let verdict;
    const timer = setTimeout(() => {
      verdict = "never ends";
      child.kill("SIGKILL");
    }, LONGEST);
    child.stdout.on("data", (data) => {
      said = (said + data).slice(-100_000);
      if (!verdict && said.includes("... FAILED")) {
        verdict = said.match(/^test (.*) \.\.\. FAILED/m)?.[1] ?? "a test";
        child.kill("SIGKILL");
      }
    });
    child.on("exit", (code) => {
      clearTimeout(timer);
      resolve(verdict ?? (code === 0 ? null : "ended"));
    });
  });
}

const program = build();
const results = join(work, "results.jsonl");
const before = again ? readFileSync(results, "utf8").trim().split("\n").map((line) => JSON.parse(line)) : [];
const noticed = new Map(before.filter(({ killer }) => killer).map(({ name, killer }) => [name, killer]));
rmSync(results, { force: true });
for (const tests of modules.flatMap((module) => MODULES[module].tests)) {
  if (await run(program, 0, tests)) throw new Error(`without a mutant, ${tests.join(" ")} fails`);
}
const queue = mutants.filter((mutant) => mutant.state === "viable");
const worker = async () => {
  for (let mutant; (mutant = queue.shift()); ) {
    mutant.killer = noticed.get(mutant.name) ?? null;
    for (const tests of mutant.killer ? [] : MODULES[mutant.module].tests) {
      mutant.killer = await run(program, mutant.id, tests);
      if (mutant.killer) break;
    }
    const { id, module, name, killer } = mutant;
    appendFileSync(results, `${JSON.stringify({ module, name, id, killer })}\n`);
  }
};
await Promise.all([worker(), worker()]);

for (const module of modules) {
  const of = (state) => mutants.filter((mutant) => mutant.module === module && mutant.state === state);
  const missed = of("viable").filter((mutant) => !mutant.killer);
  const count = `${of("viable").length - missed.length} of ${of("viable").length} killed`;
  console.log(`${module}: ${count}, ${of("unviable").length} unviable, ${of("untried").length} untried`);
  for (const mutant of missed) console.log(`  ${mutant.name}`);
}
