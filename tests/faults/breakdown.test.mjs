// Faults 8 and 9: the engine breaks down, and memory.
//
// The door to a breakdown stands in no shipped file: the stage serves the glue with one, which has the engine read past
// the end of its memory when a text holds a certain word. That is a trap in the middle of a call, as a panic is one: what
// the call had borrowed stays borrowed, and its stack is never given back.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { dist, launch, run } from "../browser/harness.mjs";
import { MISSING, ready, shown, stage, strike, texts, visit } from "./stage.mjs";

const DOOR = (glue) => {
  const call = /wasm\.diagnoser_diagnose\(this\.__wbg_ptr, ptr0, len0/;
  assert.match(glue, call);
  return glue.replace(call, 'wasm.diagnoser_diagnose(this.__wbg_ptr, text.includes("break-down") ? 0xfffff000 : ptr0, len0');
};

let browser;
before(async () => {
  run(["build"]);
  browser = await launch();
});
afterEach(strike);
after(() => browser?.close());

test("fault 8: a hundred breakdowns, and every good paste between them is answered without a request", async () => {
  const site = await stage({ spoil: { "error_diagnoser.js": DOOR } });
  const visited = await visit(browser, site.url);
  await ready(visited);
  const asked = site.asked.length;
  const result = await visited.page.evaluate(async (good) => {
    const widget = document.querySelector("error-diagnoser");
    const answer = () => widget.shadowRoot.querySelector(".answer").textContent;
    const pause = () => new Promise((resolve) => setTimeout(resolve, 0));
    const glue = await import("./error_diagnoser.js");
    const { memory } = await glue.default();
    const sentences = new Set();
    let answered = 0;
    for (let turn = 0; turn < 100; turn++) {
      widget.diagnose(`break-down canary-9d1c ${turn}`);
      await pause();
      sentences.add(answer());
      widget.diagnose(good.replace("cpu-high", `alert-${turn}`));
      await pause();
      if (widget.shadowRoot.querySelector("article") && answer().includes(`alert-${turn}`)) answered++;
    }
    return { answered, sentences: [...sentences], isFresh: (await glue.default()).memory !== memory };
  }, MISSING);
  const en = texts();
  assert.equal(result.answered, 100);
  assert.ok(result.isFresh, "in another memory than before");
  assert.equal(result.sentences.length, 1);
  assert.equal(result.sentences[0], en("error.title") + en("error.breakdown"));
  assert.deepEqual(site.asked.slice(asked).map(({ path }) => path), []);
  assert.ok(!visited.said.join("\n").includes("canary"), visited.said.join("\n"));
});

test("fault 8: a scan that another text's breakdown ended says so, and the next one works", async () => {
  const site = await stage({ spoil: { "error_diagnoser.js": DOOR } });
  const visited = await visit(browser, site.url);
  await ready(visited);
  const said = await visited.page.evaluate(async (good) => {
    const { load } = await import("./engine.js");
    const diagnoser = await load();
    const text = `${"all is well\n".repeat(300000)}${good}`;
    const code = await diagnoser
      .scan(text, {
        onprogress: () => {
          try {
            diagnoser.diagnose("break-down");
          } catch {
            // What it is about.
          }
        },
      })
      .then(() => "none", (error) => error.code);
    const report = await diagnoser.scan(text);
    return { code, entry: report.diagnoses[0]?.entry, now: diagnoser.diagnose(good).diagnoses[0]?.entry };
  }, MISSING);
  assert.deepEqual(said, { code: "breakdown", entry: "itsmc/missing-connector", now: "itsmc/missing-connector" });
});

test("fault 8: the sentence is there in every language", () => {
  const sentences = ["en", "nl", "sv", "ko"].map((lang) => texts(lang)("error.breakdown"));
  assert.equal(new Set(sentences).size, 4);
});

test("fault 9: pastes of 1 MiB do not make memory grow", async () => {
  const { load } = await import(pathToFileURL(join(dist, "engine.js")).href);
  const glue = await import(pathToFileURL(join(dist, "error_diagnoser.js")).href);
  const diagnoser = await load();
  const { memory } = await glue.default();
  const line = "2024-01-01T00:00:00Z INFO all is well with request 4711 of the day\n";
  const text = `${line.repeat(8000)}${MISSING}\n${line.repeat(8000)}`;
  const sizes = [];
  for (let turn = 0; turn < 40; turn++) {
    assert.equal(diagnoser.diagnose(text).diagnoses.length, 1);
    sizes.push(memory.buffer.byteLength);
  }
  assert.equal(sizes.at(-1), sizes[4], `${sizes}`);
  assert.ok(sizes.at(-1) < 64 * 2 ** 20, `${sizes.at(-1)}`);
});
