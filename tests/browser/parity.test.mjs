// The same answer everywhere: natively, and in the module that the browser runs (here in Node).

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { differences, otherDifferences } from "./parity.mjs";
import { dist, run } from "./harness.mjs";
import { randomCases, read } from "./random.mjs";

run(["build"]);

test("pastes of every odd kind", async () => {
  const cases = read(join(dirname(fileURLToPath(import.meta.url)), "parity.jsonl"));
  assert.ok(cases.length > 20);
  assert.deepEqual(await differences(cases), []);
});

test("every sample of the page, in every language", async () => {
  const samples = JSON.parse(readFileSync(join(dist, "samples.json"), "utf8"));
  const cases = samples.flatMap(({ entry, text, app }) =>
    ["en", "nl", "sv", "ko", "nl-BE", "xx"].map((lang) => ({ id: `${entry} ${lang}`, text, lang, app: app ?? undefined })),
  );
  assert.ok(cases.length > 0);
  assert.deepEqual(await differences(cases), []);
});

test("regular expressions, which another module matches", async () => {
  const catalog = JSON.parse(readFileSync(join(dist, "catalog.json"), "utf8"));
  const message = { lang: "en", text: "(?i)gate (?P<gate>[A-Z]\\d+): connection (?:refused|reset) by “(?P<who>\\w+)”", regex: true };
  catalog.entries.push({ id: "cas/gate", product: "cas", messages: [message], texts: { en: { title: "Gate", situations: [] } } });
  const path = join(mkdtempSync(join(tmpdir(), "error-diagnoser-")), "own.json");
  writeFileSync(path, JSON.stringify(catalog));
  const { load } = await import(pathToFileURL(join(dist, "engine.js")).href);
  const diagnoser = await load({ catalog });
  const texts = ["😀 GATE b7: Connection reset by “munch”!", 'x {\\"m\\":\\"gate C1: connection refused by “a”\\"}', "gate 7: connection refused by “a”"];
  for (const text of texts) {
    const native = JSON.parse(run(["diagnose", "--json", "--catalog", path], text));
    assert.deepEqual(diagnoser.diagnose(text), native);
    const values = native.diagnoses.filter(({ entry }) => entry === "cas/gate").flatMap((found) => found.values.map(({ name }) => name));
    assert.deepEqual(values, text.includes("gate 7") ? [] : ["gate", "who"], text);
  }
});

test("redaction", async () => {
  const { load } = await import(pathToFileURL(join(dist, "engine.js")).href);
  const diagnoser = await load({ catalog: JSON.parse(readFileSync(join(dist, "catalog.json"), "utf8")) });
  const folder = join(dirname(fileURLToPath(import.meta.url)), "../redact");
  const text = ["secrets.jsonl", "harmless.jsonl"].flatMap((name) => read(join(folder, name)).map((one) => one.text)).join("\n");
  const redaction = await diagnoser.redact(text);
  assert.ok(redaction.replacements.length > 500);
  assert.deepEqual(redaction, JSON.parse(run(["redact", "--json"], text)));
  const [{ placeholder, start, end }] = (await diagnoser.redact("😀 ann@contoso.com")).replacements;
  assert.deepEqual([placeholder, start, end], ["<email-1>", 3, 18]);
});

test("the whole corpus of cases", async () => {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "../cases");
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  const cases = files.flatMap((name) => read(join(folder, name)));
  assert.ok(cases.length > 1000);
  assert.deepEqual(await differences(cases), []);
});

test("pastes made at random: natively and in the module, whole and in slices, redacted by both", async () => {
  const cases = randomCases(2500, 8);
  assert.ok(new Set(cases.map(({ text }) => text)).size > 2000, "they differ from each other");
  assert.deepEqual(await differences(cases), []);
  assert.deepEqual(await otherDifferences(cases), []);
});
