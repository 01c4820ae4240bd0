/**
 * The same corpus under secretlint's recommended rules, by kind. Not part of the tests; in an empty folder:
 *
 *   npm init -y && npm install @secretlint/core @secretlint/secretlint-rule-preset-recommend
 *   cp …/tests/redact/{compare.mjs,secrets.jsonl,harmless.jsonl} . && node compare.mjs
 *
 * A secret counts as found when any finding touches it, a finding as wrong when it touches no secret.
 */
import { readFileSync } from "node:fs";
import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";

const read = (file) => readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const config = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator }] };
const scores = {};
for (const { kind, text, secrets = [] } of [...read("secrets.jsonl"), ...read("harmless.jsonl")]) {
  const source = { filePath: "/paste.txt", content: text, contentType: "text", ext: ".txt" };
  const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
  const places = secrets.map((secret) => [text.indexOf(secret), text.indexOf(secret) + secret.length]);
  const touches = ([start, end], [from, to]) => start < to && from < end;
  for (const score of [(scores[kind] ??= new Array(5).fill(0)), (scores["~ all"] ??= new Array(5).fill(0))]) {
    score[0] += 1;
    score[1] += secrets.length;
    score[2] += places.filter((place) => messages.some(({ range }) => touches(place, range))).length;
    score[3] += messages.length;
    score[4] += messages.filter(({ range }) => !places.some((place) => touches(place, range))).length;
  }
}
const percent = (part, whole) => (whole ? ((100 * part) / whole).toFixed(1) : "-");
console.log("kind               texts secrets recall % precision %");
for (const [kind, [texts, secrets, found, all, wrong]] of Object.entries(scores).sort()) {
  const row = [texts, secrets, percent(found, secrets), percent(all - wrong, all)];
  console.log(kind.padEnd(18), ...row.map((cell) => String(cell).padStart(8)));
}
