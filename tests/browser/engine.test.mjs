// What the engine puts off until somebody needs it, or has time for it; and what it takes for a catalog.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { dist, run } from "./harness.mjs";

const MANY = 250;

let load;
let own;

before(async () => {
  run(["build"]);
  ({ load } = await import(pathToFileURL(join(dist, "engine.js")).href));
  own = JSON.parse(readFileSync(join(dist, "catalog.json"), "utf8"));
});

/** As many entries as there are numbers in words. */
function many() {
  const word = (number) => `${number}`.replace(/\d/g, (digit) => "qwrtzpsdfg"[digit]).padStart(4, "k");
  const entries = Array.from({ length: MANY }, (_, number) => ({
    id: `many/${number}`,
    product: "many",
    apps: ["Okta"],
    messages: [{ lang: "en", text: `The crane ${word(number)} dropped {load} into the ${word(number)} harbour` }],
    texts: {
      en: { title: `Dropped ${number}`, situations: [{ cause: [{ text: "The rope broke." }], steps: [[{ text: "Splice it." }]] }] },
      nl: { title: `Gevallen ${number}`, unreviewed: true, situations: [] },
    },
  }));
  const catalog = { format: 1, products: [{ id: "many", titles: { en: "Many" } }], apps: [{ name: "Okta" }], entries };
  const text = entries.map(({ messages: [message] }) => message.text.replace("{load}", "a piano")).join("\n");
  return { catalog, text };
}

test("texts of errors far down are told as those of the first are", async () => {
  const { catalog, text } = many();
  const diagnoser = await load({ catalog });
  for (const report of [diagnoser.diagnose(text), await diagnoser.scan(text)]) {
    assert.equal(report.diagnoses.length, MANY);
    const [first, last] = [report.diagnoses[0], report.diagnoses.at(-1)];
    assert.deepEqual([first.title, last.title], ["Dropped 0", `Dropped ${MANY - 1}`]);
    assert.deepEqual(last.situations, first.situations);
    assert.deepEqual([last.lang, last.apps, last.unreviewed], ["en", ["Okta"], undefined]);
    assert.deepEqual(Object.keys(last).sort(), Object.keys(first).sort());
  }
  const json = JSON.parse(JSON.stringify(diagnoser.diagnose(text, { lang: "nl" })));
  for (const [number, { entry, title, lang, unreviewed, apps, situations, values }] of json.diagnoses.entries()) {
    assert.deepEqual([entry, title, lang, unreviewed], [`many/${number}`, `Gevallen ${number}`, "nl", true]);
    assert.deepEqual([apps, situations, values[0].value], [["Okta"], [], "a piano"]);
  }
});

test("texts are told whatever gave way before them", async () => {
  const { catalog, text } = many();
  const word = (number) => `Crane${String.fromCharCode(65 + (number % 26), 97 + Math.floor(number / 26))}BrokenException`;
  const bare = Array.from({ length: 60 }, (_, number) => ({
    id: `many/bare-${number}`,
    product: "many",
    apps: ["Okta"],
    messages: [{ lang: "en", text: word(number) }],
    texts: { en: { title: `Bare ${number}`, situations: [] } },
  }));
  const diagnoser = await load({ catalog: { ...catalog, entries: [...bare, ...catalog.entries] } });
  assert.deepEqual(diagnoser.problems(), []);
  // A bare name in the middle of a line is no more than possible, and gives way to the messages below.
  const { diagnoses } = diagnoser.diagnose(`${bare.map((_, number) => `${word(number)} was seen by somebody\n`).join("")}${text}`);
  assert.equal(diagnoses.length, MANY);
  for (const { entry, title, situations } of diagnoses) {
    assert.deepEqual([title, situations.length], [`Dropped ${entry.split("/")[1]}`, 1]);
  }
});

test("what the first damaged message needs is made when there is time, and changes no answer", async () => {
  const waiting = [];
  globalThis.requestIdleCallback = (work) => waiting.push(work);
  try {
    const damaged = "could not crete work item for alert cpu: connector 7f does not exists or was delted";
    const cold = await load({ catalog: own });
    const expected = cold.diagnose(damaged);
    assert.ok(expected.diagnoses.length > 0);
    // This one has its answer by the time that something is made ready for it.
    const next = async () => {
      for (const from = Date.now(); waiting.length === 0 && Date.now() - from < 2000; ) await new Promise((then) => setTimeout(then, 20));
      return waiting.shift();
    };
    await next();
    waiting.length = 0;
    const warm = await load({ catalog: own });
    let steps = 0;
    for (let work; (work = await next()); steps += 1) work();
    // Three steps, and one that finds nothing left.
    assert.equal(steps, 4);
    assert.deepEqual(warm.diagnose(damaged), expected);
  } finally {
    delete globalThis.requestIdleCallback;
  }
});

test("why it is this answer is said when somebody reads it, and then the same as ever", async () => {
  const text = "could not crete work item for alert cpu: connector 7f does not exists or was delted";
  const diagnoser = await load({ catalog: own });
  const options = { lang: "en", explain: true };
  const [now] = (await diagnoser.scan(text, options)).diagnoses;
  const [later] = diagnoser.diagnose(text, options).diagnoses;
  assert.equal(typeof Object.getOwnPropertyDescriptor(later, "explanation").get, "function");
  assert.equal(now.explanation.how, "nearly");
  assert.deepEqual(later.explanation, now.explanation);
  assert.deepEqual(JSON.parse(JSON.stringify(later)), JSON.parse(JSON.stringify(now)));
  assert.ok(!("explanation" in diagnoser.diagnose(text).diagnoses[0]));
});

test("a catalog.json may begin with a byte order mark, and one bad byte costs no more than its letter", async () => {
  const folder = mkdtempSync(join(tmpdir(), "error-diagnoser-"));
  try {
    const json = Buffer.from(JSON.stringify(own));
    const at = json.indexOf("ServiceNow");
    const ways = {
      marked: [Buffer.from([0xef, 0xbb, 0xbf]), json],
      spoilt: [json.subarray(0, at), Buffer.from([0xff]), json.subarray(at + 1)],
    };
    for (const [name, parts] of Object.entries(ways)) {
      writeFileSync(join(folder, `${name}.json`), Buffer.concat(parts));
      const diagnoser = await load({ catalog: pathToFileURL(join(folder, `${name}.json`)) });
      assert.deepEqual([diagnoser.entries("en").length, diagnoser.problems()], [own.entries.length, []], name);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
