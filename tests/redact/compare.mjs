// Our redaction and secretlint's recommended rules over the same corpus, by kind; writes compared.md. Not part of the tests:
//
//     npm --prefix tests/redact ci --ignore-scripts && cargo run -- build && node tests/redact/compare.mjs
//
// Both are measured the same way, which is kinder than our own tests are: a secret counts as found when any finding
// touches it, a finding as wrong when it touches no secret. `--missed` prints the texts in which theirs found what ours
// did not.

import { readFileSync, writeFileSync } from "node:fs";

import { lintSource } from "@secretlint/core";
import { creator, rules } from "@secretlint/secretlint-rule-preset-recommend";

import { load } from "../../dist/engine.js";

const read = (file) => readFileSync(new URL(file, import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line));
const { version } = JSON.parse(readFileSync(new URL("./node_modules/@secretlint/core/package.json", import.meta.url), "utf8"));

const diagnoser = await load();
const ours = (text) => diagnoser.redact(text).replacements.map(({ start, end }) => [start, end]);

const config = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator }] };
async function theirs(text) {
  const source = { filePath: "/paste.txt", content: text, contentType: "text", ext: ".txt" };
  const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
  return messages.map(({ range }) => range);
}

const touches = ([start, end], [from, to]) => start < to && from < end;
const none = () => ({ found: 0, said: 0, wrong: 0 });
const scores = new Map();
const missed = [];
for (const { id, kind, text, secrets = [] } of [...read("secrets.jsonl"), ...read("harmless.jsonl")]) {
  const places = secrets.flatMap((secret) => [...text.matchAll(RegExp(RegExp.escape?.(secret) ?? secret.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"), "g"))].map(({ index }) => [index, index + secret.length]));
  const said = { ours: ours(text), theirs: await theirs(text) };
  for (const name of [kind, "all"]) {
    if (!scores.has(name)) scores.set(name, { texts: 0, secrets: 0, ours: none(), theirs: none() });
    const score = scores.get(name);
    score.texts += 1;
    score.secrets += places.length;
    for (const who of ["ours", "theirs"]) {
      score[who].found += places.filter((place) => said[who].some((range) => touches(place, range))).length;
      score[who].said += said[who].length;
      score[who].wrong += said[who].filter((range) => !places.some((place) => touches(place, range))).length;
    }
  }
  if (said.theirs.some((range) => !said.ours.some((own) => touches(range, own)))) missed.push(`${id}: ${text}`);
}

const percent = (part, whole) => (whole === 0 ? "–" : ((100 * part) / whole).toFixed(1));
const rows = [...scores].sort(([a], [b]) => (a === "all") - (b === "all") || (a < b ? -1 : 1)).map(([kind, { texts, secrets, ours, theirs }]) => {
  const cells = [ours, theirs].flatMap(({ found, said, wrong }) => [percent(found, secrets), percent(said - wrong, said)]);
  return `| ${[kind, texts, secrets, ...cells].join(" | ")} |`;
});
const table = ["| kind | texts | secrets | recall % | precision % | theirs: recall % | precision % |", "| --- | --: | --: | --: | --: | --: | --: |", ...rows].join("\n");
const head =
  `Written by \`compare.mjs\`: our redaction beside secretlint ${version}'s recommended rules (${rules.length}). Those are made for ` +
  "repositories, where a key counts and a person's name does not; what they are for stands in cloud-key, private-key, " +
  "connection-string and url-user-info.";
writeFileSync(new URL("./compared.md", import.meta.url), `# Compared with other rules\n\n${head}\n\n${table}\n`);
console.log(table);
console.log(`texts in which theirs found what ours did not: ${missed.length}`);
if (process.argv.includes("--missed")) console.log(missed.join("\n"));
