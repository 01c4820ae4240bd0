// The main path in other engines than Chromium. ENGINES names them; one that is asked for and missing is a failure:
//
//     ENGINES=firefox,webkit node --test tests/browser/engines.test.mjs

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { ENGINES } from "./engines.mjs";
import { dist, serve } from "./harness.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const MISSING = "2021-03-04 11:27:43 ERROR Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";
const asked = (process.env.ENGINES ?? "").split(",").filter(Boolean);

test("the engines are known ones", () => {
  assert.ok(asked.length > 0, "ENGINES names none");
  for (const name of asked) assert.ok(name in ENGINES, `${name} is none of ${Object.keys(ENGINES).join(", ")}`);
});

/** What runs in the page: waits until something is there. */
const HELP = `
  globalThis.root = () => document.querySelector("error-diagnoser").shadowRoot;
  globalThis.until = async (get, what) => {
    for (let tries = 0; tries < 1000; tries += 1) {
      const found = get();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error("waited in vain for " + what);
  };
  globalThis.type = async (text) => {
    const box = await until(() => root()?.querySelector("textarea:not([hidden])"), "the box");
    box.focus();
    box.select();
    document.execCommand("insertText", false, text);
  };`;

for (const name of asked) {
  let site;
  let engine;

  before(async () => {
    site = await serve("--port", "0");
    engine = await ENGINES[name]();
    console.log(`${name}: ${engine.version}`);
  });
  after(async () => {
    await engine?.close();
    await site?.stop();
  });

  const visit = async (url) => {
    await engine.goto(url);
    await engine.run(HELP);
  };

  test(`${name}: typed, it is answered, marked, ticked, and told in another language`, async () => {
    await visit(site.url);
    const seen = await engine.run(async (text) => {
      await type(text);
      const article = await until(() => root().querySelector("article"), "an answer");
      const marks = [...root().querySelectorAll(".lines mark")].map((mark) => mark.textContent.trim());
      article.querySelector("input[type=checkbox]").click();
      const language = document.querySelector("#language");
      language.value = "ko";
      language.dispatchEvent(new Event("change"));
      await until(() => root().querySelector("article h3")?.textContent === "원인", "Korean");
      const ticked = root().querySelector("article input").checked;
      language.value = "en";
      language.dispatchEvent(new Event("change"));
      await until(() => root().querySelector("article h3")?.textContent === "Cause", "English");
      return { marks, ticked, focused: root().activeElement?.localName, text: root().querySelector("article").innerText };
    }, MISSING);
    assert.deepEqual(seen.marks, ["Could not create/update work item for alert", "cpu-high", "ITSM Connector", "7f3c", "does not exist or was deleted"]);
    assert.ok(seen.ticked, "the tick stays");
    assert.match(seen.text, /cpu-high/);
  });

  test(`${name}: a question is answered by a button, an address leads to an entry`, async () => {
    await visit(site.url);
    const seen = await engine.run(async () => {
      await type("HttpRequestFailure: Server returned: 401 Unauthorized");
      const choice = await until(() => root().querySelector(".choices button"), "the question");
      const count = root().querySelectorAll(".choices button").length;
      choice.click();
      await until(() => root().querySelector("article .prose"), "the cause");
      location.hash = "#/cas/google-apps/403-forbidden";
      await new Promise((resolve) => setTimeout(resolve, 500));
      return { count, title: root().querySelector("article h2").textContent };
    });
    assert.ok(seen.count > 1);
    assert.match(seen.title, /403|Google/i);
  });

  test(`${name}: a packed file too long to be held is read in slices`, async () => {
    await visit(site.url);
    const seen = await engine.run(async (text) => {
      const lines = "2024-01-01 INFO all is well, nothing to see here\n".repeat(120_000);
      const packed = await new Response(new Blob([lines, text, "\n", lines]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
      void document.querySelector("error-diagnoser").read([new File([packed], "server.log.gz")]);
      await until(() => root().querySelector(".lines mark"), "the marks");
      return { held: root().querySelector(".held").innerText, line: root().querySelector(".lines .line:nth-child(4) .at").textContent };
    }, MISSING);
    assert.match(seen.held, /server\.log\.gz/);
    assert.equal(seen.line, "120,001");
  });

  test(`${name}: axe finds nothing`, async () => {
    await visit(site.url);
    const found = await engine.run(async (text) => {
      await type(text);
      await until(() => root().querySelector("article"), "an answer");
    }, MISSING).then(() => engine.run(AXE)).then(() => engine.run(async () => {
      const { violations } = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.flat().join(" ")}`));
    }));
    assert.deepEqual(found, []);
  });

  test(`${name}: as one file from disk it answers`, async () => {
    await visit(pathToFileURL(join(dist, "error-diagnoser.html")).href);
    const text = await engine.run(async (text) => {
      await type(text);
      return (await until(() => root().querySelector("article"), "an answer")).innerText;
    }, MISSING);
    assert.match(text, /cpu-high/);
  });

  test(`${name}: loaded once, it works with the server gone`, async () => {
    await visit(site.url);
    await engine.run(() => navigator.serviceWorker.ready.then(() => 0));
    await site.stop();
    await visit(site.url);
    const text = await engine.run(async (text) => {
      await type(text);
      return (await until(() => root().querySelector("article"), "an answer")).innerText;
    }, MISSING);
    assert.match(text, /cpu-high/);
  });
}
