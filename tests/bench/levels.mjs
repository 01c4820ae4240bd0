// Size against speed: the readers' module with other optimisations than those in Cargo.toml.
//
//     node tests/bench/levels.mjs [LEVEL…]     all of them: some ten minutes on two cores, most of them for compiling
//
// Each is the whole site, built into out/levels/; the logs are read by turns, so that a busy machine is busy for all.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { catalog, log, messages } from "./generate.mjs";
import { quantile } from "./measure.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const MB = 1_000_000;
const SIZES = [1000, 10_000];
const ROUNDS = 7;

const LEVELS = [
  { name: "s (as shipped)", level: "s" },
  { name: "s, without SIMD", level: "plain", flags: "-Ctarget-feature=-simd128" },
  { name: "z", level: "z" },
  { name: "2", level: "2" },
  { name: "3", level: "3" },
];

/** The other modules stay as they are. */
const OTHERS = { CARGO_PROFILE_WASM_REDACT_OPT_LEVEL: "s", CARGO_PROFILE_WASM_TOOLS_OPT_LEVEL: "s", CARGO_PROFILE_WASM_AUTHOR_OPT_LEVEL: "s" };

const asked = process.argv.slice(2);
const built = LEVELS.filter(({ level }) => asked.length === 0 || asked.includes(level)).map(({ name, level, flags }) => {
  const out = join(root, "tests/bench/out/levels", name.replaceAll(/\W+/g, "-"));
  const env = { ...process.env, CARGO_PROFILE_WASM_OPT_LEVEL: level === "plain" ? "s" : level, ...OTHERS };
  if (flags) env.CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS = flags;
  execFileSync("cargo", ["run", "--quiet", "--", "build", "--out", out], { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
  return { name, out };
});

const rows = [];
for (const { name, out } of built) {
  const wasm = readFileSync(join(out, "error_diagnoser_bg.wasm"));
  const { load } = await import(join(out, "engine.js"));
  rows.push({ name, load, raw: wasm.length, brotli: brotliCompressSync(wasm).length, times: SIZES.map(() => []) });
}
for (const [nth, entries] of SIZES.entries()) {
  const made = messages(entries);
  const { bytes } = log(made, MB);
  const text = new TextDecoder().decode(bytes);
  const data = catalog(made.messages);
  const engines = [];
  for (const row of rows) engines.push({ row, engine: await row.load({ catalog: data }) });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { row, engine } of engines) {
      const from = performance.now();
      for (let run = 0; run < 5; run += 1) engine.diagnose(text);
      // The first rounds are run by a quick compiler's code.
      if (round > 1) row.times[nth].push((performance.now() - from) / 5);
    }
  }
}
const speed = (times) => MB / 1e3 / quantile(times, 0.5);
const number = (value) => value.toPrecision(3);
console.log(`| Optimisation | KB | KB, brotli | ${SIZES.map((size) => `MB/s at ${size}`).join(" | ")} |`);
console.log(`| --- | ---: | ---: | ${SIZES.map(() => "---:").join(" | ")} |`);
for (const { name, raw, brotli, times } of rows) {
  const speeds = times.map((all, nth) => `${number(speed(all))} (${number(speed(all) / speed(rows[0].times[nth]))} ×)`);
  console.log(`| ${[name, number(raw / 1e3), number(brotli / 1e3), ...speeds].join(" | ")} |`);
}
