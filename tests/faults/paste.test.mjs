// Faults 1 to 7: what is pasted. The native side stands in paste.rs, the gates in gates.rs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { dist, launch, run } from "../browser/harness.mjs";
import { MISSING, POLICY, catalog, compact, put, ready, stage, strike, texts, visit } from "./stage.mjs";

const HOSTILE = JSON.parse(readFileSync(new URL("./hostile.json", import.meta.url), "utf8"));
const say = texts;

/** What the element makes of data; anything else came out of the data. */
const ALLOWED = new Set(
  ("A ARTICLE BUTTON CODE DETAILS DIV DL DT DD EM FIELDSET H1 H2 H3 H4 INPUT LABEL LEGEND LI MARK OL P PRE SECTION SELECT OPTION " +
    "SLOT SPAN STRONG SUMMARY TABLE TBODY TD TEXTAREA TH THEAD TR UL").split(" "),
);

let browser;
let site;
before(async () => {
  run(["build"]);
  browser = await launch();
});
beforeEach(async () => (site = await stage()));
afterEach(strike);
after(() => browser?.close());

/** What became of data in the element: names of nodes that are not allowed, and attributes that act. */
function strangers(page) {
  return page.evaluate((allowed) => {
    const found = [];
    for (const element of document.querySelector("error-diagnoser").shadowRoot.querySelectorAll("*")) {
      if (!allowed.includes(element.nodeName)) found.push(element.nodeName);
      for (const { name, value } of element.attributes) {
        if (name === "style" && /^--at: [\d.]+;$/.test(value)) continue; // Set by the element itself, in numbers.
        if (/^on|^style$|^src|^srcdoc$|^action$|^formaction$/.test(name)) found.push(`${element.nodeName} ${name}=${value}`);
        if (name === "href" && !/^(https:|mailto:|#|http:\/\/127)/.test(value)) found.push(`href=${value}`);
      }
    }
    return { found: [...new Set(found)].slice(0, 5), stolen: window.stolen };
  }, [...ALLOWED]);
}

test("fault 1: hostile markup as paste runs nothing and makes no node of its own", async () => {
  const visited = await visit(browser, site.url);
  await ready(visited);
  for (const hostile of HOSTILE) {
    await visited.box.fill(`${MISSING.replace("cpu-high", hostile)}\n${hostile}`);
  }
  const all = HOSTILE.map((hostile) => `${MISSING.replace("cpu-high", hostile).replace("7f3c", hostile)}`).join("\n");
  await put(visited, all);
  await visited.answers.first().waitFor();
  for (const summary of await visited.widget.locator("summary").all()) await summary.click();
  assert.deepEqual(await strangers(visited.page), { found: [], stolen: undefined });
  await put(visited, HOSTILE.join("\n"));
  for (const summary of await visited.widget.locator("summary").all()) await summary.click();
  assert.deepEqual(await strangers(visited.page), { found: [], stolen: undefined });
  assert.deepEqual(visited.complaints, []);
});

test("fault 1: hostile markup as catalog text runs nothing and makes no node of its own", async () => {
  const hostile = catalog();
  const text = HOSTILE.join(" ");
  hostile.products = hostile.products.map(({ id }) => ({ id, titles: { en: text } }));
  hostile.apps.push({ name: text, aliases: HOSTILE });
  const inlines = [...HOSTILE.flatMap((one) => [{ text: one }, { code: one }, { strong: [{ text: one }] }, { slot: one }])];
  hostile.entries = hostile.entries.slice(0, 3).map((entry) => ({
    ...entry,
    apps: [text],
    messages: [...entry.messages.slice(0, 1), { lang: "en", text: `{${HOSTILE[0]}} broke beyond repair: ${HOSTILE[2]}` }],
    texts: {
      en: {
        title: text,
        situations: [
          { when: inlines, cause: inlines, intro: inlines, steps: [inlines, [{ list: { ordered: true, items: [inlines] } }]], ordered: true },
          { when: inlines, cause: inlines, steps: [inlines] },
        ],
      },
    },
  }));
  const bad = await stage({ spoil: { "catalog.edc": await compact(hostile), "samples.json": "[]" } });
  const visited = await visit(browser, bad.url);
  await ready(visited);
  await put(visited, hostile.entries[0].messages[0].text.replace(/\{[^}]*\}/g, "x1"));
  await visited.answers.first().waitFor();
  for (const summary of await visited.widget.locator("summary").all()) await summary.click();
  assert.deepEqual(await strangers(visited.page), { found: [], stolen: undefined });
  const outside = await visited.page.evaluate(() => document.querySelectorAll("body script, body iframe, body img:not([src='./favicon.svg'])").length);
  assert.equal(outside, 0, "nor on the page around");
  assert.deepEqual(visited.complaints, []);
});

test("fault 3: runs under trusted types and a strict policy, without inline script or style", async () => {
  const worker = { "sw.js": (text) => text };
  const strict = await stage({ spoil: worker, headers: { "content-security-policy": `${POLICY}; require-trusted-types-for 'script'` } });
  const visited = await visit(browser, strict.url);
  await ready(visited);
  await put(visited, MISSING);
  await visited.answers.first().getByText("cpu-high").first().waitFor();
  await visited.page.evaluate(() => navigator.serviceWorker.ready.then(() => 0));
  assert.deepEqual(visited.complaints, []);
  assert.equal(await visited.page.evaluate(() => document.querySelectorAll("script:not([src]), style, [style]").length), 0);
});

test("fault 4: any UTF-16 is answered, and evidence stands where it is said to stand", async () => {
  const { load } = await import(pathToFileURL(join(dist, "engine.js")).href);
  const diagnoser = await load();
  const pieces = ["\ud800", "\udfff", "\0", "\ufeff", "\r", "\n", "\r\n", "\x1b[31m", "\u202e", "\u2066", "\u200b", "\u200d", "😀", "e\u0301", "각", "👩‍👩‍👧", "𝔘", "ß", "İ", "&amp;", "\\u0041", "%41", "x"];
  let seed = 7;
  const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  const noise = () => Array.from({ length: random(6) }, () => pieces[random(pieces.length)]).join("");
  const letters = (text) => text.toLowerCase().replace(/[^a-z]/g, "");
  let checked = 0;
  for (let turn = 0; turn < 500; turn++) {
    const text = `${noise()}\n${noise()} ${MISSING.replace("cpu-high", `A${noise()}1`)}${noise()}\n${noise()}`;
    const { diagnoses } = diagnoser.diagnose(text);
    assert.equal(diagnoses[0]?.entry, "itsmc/missing-connector", JSON.stringify(text));
    for (const { start, end, kind } of diagnoses[0].evidence) {
      assert.ok(start < end && end <= text.length, JSON.stringify({ start, end, text }));
      if (kind === "literal") {
        const slice = letters(text.slice(start, end));
        assert.ok(letters(MISSING).includes(slice) && slice !== "", JSON.stringify(text.slice(start, end)));
        checked++;
      }
    }
  }
  assert.ok(checked >= 500);
});

test("fault 5: texts of 1 and of 24 MiB, read by the engine in a page, never hold the main thread for 50 ms", async () => {
  const visited = await visit(browser, site.url);
  await ready(visited);
  for (const mebibytes of [1, 24]) {
    // A shared machine is late now and then through no fault of ours: the best of some rounds tells what the text costs.
    let longest = Infinity;
    for (let round = 0; round < 5 && longest > 50; round++) {
      const result = await visited.page.evaluate(
        async ([missing, mebibytes]) => {
          const { load } = await import("./engine.js");
          const diagnoser = await load();
          const line = "2024-01-01T00:00:00Z INFO all is well with request 4711 of the day\n";
          const half = line.repeat((mebibytes * 2 ** 19) / line.length + 1);
          const text = `${half}${missing}\n${half}`;
          // What is pasted comes in one piece; what was put together here becomes one when it is first looked into.
          text.charCodeAt(text.length - 1);
          await new Promise((resolve) => setTimeout(resolve, 200));
          const long = [];
          const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
          observer.observe({ entryTypes: ["longtask"] });
          const shares = [];
          const report = await diagnoser.scan(text, { onprogress: ({ share }) => shares.push(share) });
          await new Promise((resolve) => setTimeout(resolve, 100));
          observer.disconnect();
          return { size: text.length, longest: Math.max(0, ...long), shares: shares.length, entry: report.diagnoses[0]?.entry };
        },
        [MISSING, mebibytes],
      );
      assert.ok(result.size > mebibytes * 2 ** 20);
      assert.equal(result.entry, "itsmc/missing-connector");
      assert.ok(result.shares > 1, "with progress");
      longest = Math.min(longest, result.longest);
    }
    assert.ok(longest <= 50, `${mebibytes} MiB: a task of ${longest} ms`);
  }
});

test("fault 7: nothing, white space, a binary file, a gzip and a broken gzip are said in plain words", async () => {
  const en = say();
  const visited = await visit(browser, site.url);
  await ready(visited);
  const { page, widget, box } = visited;
  await put(visited, " \n\t \u00a0");
  assert.equal(await widget.locator("article, .failure").count(), 0, "white space is no text");
  const chooser = page.locator("error-diagnoser input[type=file]");
  const file = (name, buffer) => chooser.setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  await file("photo.bin", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 1, 2, 3]));
  await widget.getByText(en("intake.binary", { file: "photo.bin" })).waitFor();
  await file("log.gz", gzipSync(MISSING));
  await visited.answers.first().getByText("cpu-high").first().waitFor();
  assert.equal(await box.inputValue(), MISSING, "a gzip is unpacked");
  await file("cut.gz", gzipSync(MISSING.repeat(50)).subarray(0, 40));
  await widget.getByText(en("intake.unreadable", { file: "cut.gz" })).waitFor();
  await file("empty.txt", Buffer.from(""));
  await widget.getByText(en("intake.empty", { file: "empty.txt" })).waitFor();
  assert.deepEqual(visited.complaints, []);
});
