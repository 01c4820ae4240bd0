// Whether the module in JavaScript answers exactly as the command does, byte for byte.
//
//     node tests/browser/parity.mjs CASES.jsonl…           compares every case of the files
//     node tests/browser/parity.mjs --random COUNT [SEED]  compares so many pastes made at random
//
// parity.test.mjs compares this folder's own, and some of those made at random.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { dist, run } from "./harness.mjs";
import { randomCases, read } from "./random.mjs";

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

/** What the module answers when a text is redacted, or read in slices, and how that differs from what the others say. */
export async function otherDifferences(cases) {
  const { load } = await import(pathToFileURL(join(dist, "engine.js")).href);
  const diagnoser = await load({ catalog: JSON.parse(readFileSync(join(dist, "catalog.json"), "utf8")) });
  const found = [];
  for (const { id, text, lang, app, product } of cases) {
    const [whole, sliced] = [diagnoser.diagnose(text, { lang, app, product }), await diagnoser.scan(text, { lang, app, product })];
    if (JSON.stringify(whole) !== JSON.stringify(sliced)) found.push({ id, whole, sliced });
  }
  // The command is started anew for each text, so many go into one.
  for (let at = 0; at < cases.length; at += 100) {
    const text = cases.slice(at, at + 100).map((one) => one.text).join("\n");
    const [native, module] = [run(["redact", "--json"], text).trim(), JSON.stringify(await diagnoser.redact(text), null, 2)];
    if (native !== module) found.push({ id: `redaction of ${cases[at].id} and those after it`, native, module });
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let count = 0;
  let different = 0;
  const compare = async (name, cases, compared) => {
    for (const { id, ...answers } of compared) {
      console.log(`${name}: ${id} differs`);
      for (const [who, answer] of Object.entries(answers)) console.log(`  ${who}: ${typeof answer === "string" ? answer : JSON.stringify(answer)}`);
      const one = cases.find((one) => one.id === id);
      if (one) console.log(`  paste: ${JSON.stringify(one)}`);
    }
    different += compared.length;
  };
  if (process.argv[2] === "--random") {
    const [wanted, seed] = [Number(process.argv[3]), Number(process.argv[4] ?? Date.now() % 1e9)];
    const start = performance.now();
    for (; count < wanted; count += Math.min(5000, wanted - count)) {
      const cases = randomCases(Math.min(5000, wanted - count), seed + count);
      await compare("random", cases, [...(await differences(cases)), ...(await otherDifferences(cases))]);
    }
    console.log(`seed ${seed}, ${((performance.now() - start) / 1000).toFixed(0)} s`);
  } else {
    for (const path of process.argv.slice(2)) {
      const cases = read(path);
      await compare(path, cases, await differences(cases));
      count += cases.length;
    }
  }
  console.log(`${count} cases, ${different} differ`);
  process.exitCode = different > 0 || count === 0 ? 1 : 0;
}
