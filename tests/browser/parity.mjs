// Whether the module in JavaScript answers exactly as the command does, byte for byte.
//
//     node tests/browser/parity.mjs CASES.jsonl…
//
// compares every case of the files; parity.test.mjs compares this folder's own.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { dist, run } from "./harness.mjs";

/**
 * The cases that come out differently, each with both answers.
 *
 * @param {{ id?: unknown, text: string, lang?: string, app?: string, product?: string }[]} cases
 */
export async function differences(cases) {
  const lines = cases.map((line) => JSON.stringify(line)).join("\n");
  const native = run(["diagnose", "--jsonl", "--catalog", join(dist, "catalog.json")], lines).split("\n").slice(0, -1);
  if (native.length !== cases.length) {
    throw new Error(`the command answered ${native.length} of ${cases.length} cases`);
  }
  const { load } = await import(pathToFileURL(join(dist, "engine.js")).href);
  const diagnoser = await load({ catalog: JSON.parse(readFileSync(join(dist, "catalog.json"), "utf8")) });
  return cases.flatMap(({ id = null, text, lang, app, product }, nth) => {
    const module = JSON.stringify({ id, ...diagnoser.diagnose(text, { lang, app, product }) });
    return module === native[nth] ? [] : [{ id, native: native[nth], module }];
  });
}

/** The cases in a file of JSON lines. */
export function read(path) {
  return readFileSync(path, "utf8").split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let count = 0;
  let different = 0;
  for (const path of process.argv.slice(2)) {
    const cases = read(path);
    const found = await differences(cases);
    for (const { id, native, module } of found) {
      console.log(`${path}: ${id} differs\n  native: ${native}\n  module: ${module}`);
    }
    count += cases.length;
    different += found.length;
  }
  console.log(`${count} cases, ${different} differ`);
  process.exitCode = different > 0 || count === 0 ? 1 : 0;
}
