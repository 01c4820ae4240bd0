// Takes each protection away, one at a time, and sees its test fail. Not part of tests/run: it takes some minutes.
//
//     node tests/faults/removals.mjs [FAULT…]
//
// It edits files in place and puts them back; it refuses to begin where something is not committed.

import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { source } from "../browser/harness.mjs";

/** Fault, file, what stands there, what stands there instead, and the test: a file of this folder and a part of its name. */
const REMOVALS = [
  [1, "www/nodes.js", "element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));", 'for (const child of children) if (typeof child === "string") element.insertAdjacentHTML("beforeend", child); else if (child) element.append(child);', "paste", "fault 1: hostile markup as paste"],
  [2, "www/nodes.js", "element.append(...children", "element.innerHTML = ''; element.append(...children", "native", "fault_02"],
  [3, "www/offline.js", "registration = await workers.register(trusted(", "registration = await workers.register(String(", "paste", "fault 3"],
  [8, "www/engine.js", "glue.__wbg_reset_state();\n    throw", "throw", "breakdown", "fault 8: a hundred"],
  [10, "src/catalog/json.rs", "if raws.len() == MAX_ENTRIES {", "if raws.len() == usize::MAX {", "native", "fault_10_the_number"],
  [10, "src/catalog/json.rs", "if json.len() > MAX_BYTES {", "if json.len() == usize::MAX {", "native", "fault_10_the_size"],
  [10, "src/catalog/rules.rs", "if self.messages.len() > MAX_MESSAGES {", "if self.messages.len() == usize::MAX {", "native", "fault_10_messages"],
  [10, "src/pattern.rs", ".size_limit(LARGEST)", "", "native", "fault_10_a_compiled"],
  [10, "www/engine.js", "if (read.bytes > MOST_BYTES) throw", "if (read.bytes < 0) throw", "catalog", "fault 10"],
  [11, "www/element.js", "const leftOut = problems.length > 0 ?", "const leftOut = problems.length < 0 ?", "catalog", "fault 11: a bad entry"],
  [11, "www/layers.js", "if (layers.length === 0 && earlier) return earlier;", "", "catalog", "fault 11: a bad file"],
  [12, "www/prose.js", "if (!/^(https:\\/\\/|mailto:)[^\\s\\p{Cc}]+$/iu.test(href)) {", "if (href === null) {", "catalog", "fault 12"],
  [12, "src/catalog/rules.rs", "if !is_safe_link(href) {", "if href.is_empty() {", "native", "fault_12"],
  [13, "src/catalog/json.rs", "if let Some(first) = read.places.get(&entry.id) {", "if let Some(first) = read.places.get(\"\") {", "native", "fault_13_duplicate"],
  [13, "src/catalog/json.rs", "Some(near) => format!(\"did you mean \\\"{near}\\\"?\"),", "Some(_) => String::new(),", "native", "fault_13_unknown"],
  [14, "www/engine.js", "if (text.trimStart().startsWith(\"<\")) {", "if (text === null) {", "catalog", "fault 14"],
  [15, "www/engine.js", "credentials: \"omit\"", "credentials: \"include\"", "catalog", "fault 15: a catalog"],
  [15, "www/engine.js", "...(INTEGRITY.test(url.hash) && { integrity: url.hash.slice(1) }),", "", "catalog", "fault 15: with"],
  [17, "www/browse.js", "LANGUAGES.includes(lang) ? lang : \"\"", "lang", "address", "fault 17: unknown"],
  [19, "www/choices.js", "  try {\n    return localStorage", "  {\n    return localStorage", "native", "fault_19"],
  [20, "www/element.js", "const turn = ++this.#catalogTurn;", "const turn = ++this.#catalogTurn; addEventListener(\"message\", () => 0);", "native", "fault_20"],
  [21, "www/engine.js", "forbids WebAssembly. Add 'wasm-unsafe-eval': ", "forbids WebAssembly. ", "native", "none"],
  [22, "www/widget.js", "!customElements.get(\"error-diagnoser\")", "true", "hosting", "fault 22"],
  [23, "www/first-style.js", "  font-size: clamp(13px, 1em, 40px);\n", "", "hosting", "fault 23: hostile"],
  [24, "www/box.js", "  #tell() {", "  #tell() {\n    void navigator.serviceWorker;", "native", "fault_24"],
  [26, "www/box.js", "    this.listener.ontext();", "    this.listener.ontext();\n    document.title = this.frame.box.value;", "silence", "fault 26: pasting"],
  [18, "www/element.js", "new CustomEvent(type, { detail,", "new CustomEvent(type, { detail: { ...detail, text: this.frame.box.value },", "silence", "fault 18"],
  [28, "www/handout.js", "inside.append(make(\"p\", {}, texts.say(\"report.unsafe\")));\n      return;", "safe = { text: paste, replacements: [] };", "silence", "fault 28: if"],
].filter(([, , , , , test]) => test !== "none");

const wanted = process.argv.slice(2);
const dirty = execFileSync("git", ["status", "--porcelain", "--untracked-files=no"], { cwd: source, encoding: "utf8" });
if (dirty) throw new Error(`commit or stash first:\n${dirty}`);

let survived = 0;
for (const [fault, file, from, to, suite, test] of REMOVALS) {
  if (wanted.length > 0 && !wanted.includes(String(fault))) continue;
  const path = join(source, file);
  const text = readFileSync(path, "utf8");
  let outcome;
  if (!text.includes(from)) {
    outcome = "NOT THERE any more";
  } else {
    try {
      writeFileSync(path, text.replace(from, () => to));
      const ran =
        suite === "native"
          ? spawnSync("cargo", ["test", "-q", "--test", "faults", test], { cwd: source, encoding: "utf8", timeout: 240_000 })
          : spawnSync("node", ["--test", "--test-timeout=100000", `--test-name-pattern=${test}`, `tests/faults/${suite}.test.mjs`], { cwd: source, encoding: "utf8", timeout: 240_000 });
      const said = `${ran.stdout}${ran.stderr}`;
      const isBuilt = !/could not compile|imports itself|cannot be made with/.test(said);
      outcome = ran.status === 0 ? "SURVIVED" : isBuilt ? "fails" : "DOES NOT BUILD";
    } finally {
      writeFileSync(path, text);
    }
  }
  if (outcome !== "fails") survived++;
  console.log(`fault ${fault}: ${suite} "${test}": ${outcome} without ${file}: ${from.split("\n")[0].trim()}`);
}
process.exitCode = survived > 0 ? 1 : 0;
