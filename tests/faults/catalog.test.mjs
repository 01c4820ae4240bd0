// Faults 11 to 15 in a browser: catalogs that are wrong, or do not arrive. The native side stands in catalog.rs.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";

import { dist, launch, run } from "../browser/harness.mjs";
import { MISSING, catalog, portal, put, ready, shown, stage, strike, texts, visit, wake } from "./stage.mjs";

const en = texts();
let browser;
before(async () => {
  run(["build"]);
  browser = await launch();
});
afterEach(strike);
after(() => browser?.close());

const widget = (attributes = "") => portal({ body: `<error-diagnoser ${attributes}></error-diagnoser>` });

/** A portal whose catalog is spoilt, once the built-in one answers in its place; and what was said. */
async function spoilt(answer, spoil = {}) {
  const site = await stage({ spoil: { "portal.html": widget('catalog="./own.json"'), "own.json": answer, ...spoil } });
  const visited = await visit(browser, `${site.url}portal.html`);
  await visited.widget.locator(".failure").waitFor();
  await put(visited, MISSING);
  await visited.answers.first().getByText("cpu-high").first().waitFor();
  const url = `${site.url}own.json`;
  return { said: await visited.widget.locator(".failure p").first().textContent(), url, visited, site };
}

test("fault 11: a bad entry is left out, counted visibly and named; the others answer", async () => {
  const bad = catalog();
  bad.entries[3].surprise = 1;
  bad.entries.push({ ...bad.entries[5] });
  const link = [{ link: { href: "javascript:window.stolen=1", content: [{ text: "x" }] } }];
  bad.entries[7] = structuredClone(bad.entries[7]);
  Object.values(bad.entries[7].texts)[0].situations[0].cause = link;
  const site = await stage({ spoil: { "portal.html": widget('catalog="./own.json"'), "own.json": JSON.stringify(bad) } });
  const visited = await visit(browser, `${site.url}portal.html`);
  await ready(visited);
  const leftOut = visited.widget.locator(".left-out");
  assert.equal(await leftOut.locator("summary").textContent(), en("left-out", { count: 3 }));
  await leftOut.locator("summary").click();
  const problems = await leftOut.locator("li").allTextContents();
  assert.match(problems[0], /^catalog\.json:1:\d+: error\[bad-entry\]: entry 4: unknown field `surprise`/);
  assert.match(problems[1], /error\[bad-link\].*javascript:window\.stolen=1/);
  assert.match(problems[2], /error\[duplicate-id\]: .*catalog\.json:1:\d+ has this id too/);
  await put(visited, MISSING);
  await visited.answers.first().getByText("cpu-high").first().waitFor();
  assert.ok(await leftOut.isVisible(), "beside an answer too");
});

test("fault 11: a compact catalog that is damaged, of another version or gone gives way to the catalog.json beside it", async () => {
  const whole = readFileSync(join(dist, "catalog.edc"));
  const changed = (at, by) => whole.map((byte, place) => (place === at ? byte + by : byte));
  const unusable = [whole.subarray(0, whole.length - 5), changed(whole.length - 9, 1), changed(4, 1), "<!doctype html><p>Sign in", { status: 404, body: "" }];
  for (const [number, answer] of unusable.entries()) {
    const site = await stage({ spoil: { "catalog.edc": answer } });
    const visited = await visit(browser, site.url);
    await ready(visited);
    await put(visited, MISSING);
    await visited.answers.first().getByText("cpu-high").first().waitFor();
    assert.equal(site.asked.filter(({ path }) => path === "catalog.json").length, 1, `answer ${number}`);
    assert.equal(await visited.widget.locator(".failure").count(), 0, "and nobody is told");
  }
});

test("fault 11: a portal's own compact catalog answers; one of another version is named with what to do", async () => {
  const whole = readFileSync(join(dist, "catalog.edc"));
  const later = Buffer.from(whole);
  later[4] += 1;
  const site = await stage({ spoil: { "portal.html": widget('catalog="./own.edc"'), "own.edc": whole, "later.edc": later } });
  const visited = await visit(browser, `${site.url}portal.html`);
  await ready(visited);
  await put(visited, MISSING);
  await visited.answers.first().getByText("cpu-high").first().waitFor();
  assert.ok(!site.asked.some(({ path }) => /tools|catalog\.(json|edc)/.test(path)), "nothing else is loaded for it");
  await visited.page.evaluate(() => document.querySelector("error-diagnoser").setAttribute("catalog", "./later.edc"));
  await visited.widget.locator(".failure").waitFor();
  await visited.widget.locator(".failure").getByText("made by another version of error-diagnoser").waitFor({ state: "attached" });
});

test("fault 11: a bad file keeps the catalog that worked, and says what is wrong with it", async () => {
  const own = catalog();
  own.entries = own.entries.filter(({ id }) => id === "itsmc/missing-connector");
  own.entries[0].texts.en.title = "The portal's own title";
  const site = await stage({ spoil: { "portal.html": widget('catalog="./own.json"'), "own.json": JSON.stringify(own), "bad.json": '{"format": 1, "entires": []}' } });
  const visited = await visit(browser, `${site.url}portal.html`);
  await ready(visited);
  await visited.page.evaluate(() => document.querySelector("error-diagnoser").setAttribute("catalog", "./bad.json"));
  await visited.widget.locator(".failure").waitFor();
  assert.match(await visited.widget.locator(".failure").textContent(), /unknown field `entires`.*did you mean "entries"\?/);
  await put(visited, MISSING);
  await visited.answers.first().getByRole("heading", { name: "The portal's own title" }).waitFor();
  // And one that does not arrive, or several.
  for (const sources of ["./none.json", "./none.json ./gone.json"]) {
    await visited.box.fill("");
    // Whatever is loaded in their place is there before anything is pasted.
    await visited.page.evaluate((catalog) => {
      const element = document.querySelector("error-diagnoser");
      const settled = new Promise((resolve) => element.addEventListener("ready", resolve, { once: true }));
      element.setAttribute("catalog", catalog);
      return settled.then(() => undefined);
    }, sources);
    // Of several, the one that was answered last is named.
    const said = ["none.json", "gone.json"].map((file) => en("error.status", { part: en("part.catalog"), url: `${site.url}${file}`, status: 404 }));
    const failure = visited.widget.getByText(said[0]).or(visited.widget.getByText(said[1]));
    await failure.waitFor();
    await put(visited, MISSING);
    await visited.answers.first().getByRole("heading", { name: "The portal's own title" }).waitFor();
  }
});

test("fault 11: a newer format is refused by name", async () => {
  const { visited } = await spoilt('{"format": 2, "moods": []}');
  assert.match(await visited.widget.locator(".failure .problems").textContent(), /format 2, this build reads up to 1/);
});

test("fault 10: a file past the limit is not read to its end", async () => {
  const { said, url } = await spoilt(Buffer.alloc(65 * 2 ** 20, " "));
  assert.equal(said, en("error.too-large", { part: en("part.catalog"), url }));
});

test("fault 12: whatever a catalog says, only https and mailto become links, and they tell nobody where they came from", async () => {
  const site = await stage();
  const visited = await visit(browser, site.url);
  const result = await visited.page.evaluate(async () => {
    const { renderInlines } = await import("./source/prose.js");
    const { loadTexts } = await import("./source/texts.js");
    const say = await loadTexts("en");
    const bad = [
      "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "java\tscript:alert(1)",
      "\u0001javascript:alert(1)", "javascript&colon;alert(1)", "data:text/html,x", "vbscript:x", "blob:x", "file:///etc/passwd",
      "http://x.example", "//x.example", "/x", "x", "", "https://", "https:x", "https:/x", "https:\\\\x", "https://x y", "mailto:", "mailto:a b", "ftp://x",
      "view-source:https://x", "https://x\u0000", "https://x\u2028", "HTTPS:javascript:alert(1)",
    ];
    const made = (href) => renderInlines(say, [{ link: { href, content: [{ text: "x" }] } }], []).find((node) => node.nodeName === "A");
    const good = ["https://x.example/a?b#c", "mailto:a@x.example", "HTTPS://x.example"];
    return { bad: bad.filter((href) => made(href)), good: good.map((href) => [made(href)?.rel, made(href)?.target]) };
  });
  assert.deepEqual(result.bad, []);
  assert.deepEqual(result.good, Array(3).fill(["noopener noreferrer", "_blank"]));
});

test("fault 14: 404, a web page, a timeout, CORS and cut JSON are five sentences, and the built-in catalog answers", async () => {
  const part = en("part.catalog");
  const sentences = [];
  const missing = await spoilt({ status: 404, body: "" });
  sentences.push([missing.said, en("error.status", { part, url: missing.url, status: 404 })]);
  const page = await spoilt({ headers: { "content-type": "application/json" }, body: "<!doctype html><p>Sign in" });
  sentences.push([page.said, en("error.html", { part, url: page.url })]);
  const hurried = { "engine.js": (text) => text.replace("30_000", "700") };
  const late = await spoilt("hang", hurried);
  sentences.push([late.said, en("error.timeout", { part, url: late.url, seconds: 30 })]);
  const cut = await spoilt(JSON.stringify(catalog()).slice(0, -100));
  sentences.push([cut.said, en("error.not-json", { part, url: cut.url })]);
  const other = await stage();
  const site = await stage({ spoil: { "portal.html": widget(`catalog="${other.url}catalog.json"`) } });
  const visited = await visit(browser, `${site.url}portal.html`);
  await visited.widget.locator(".failure").waitFor();
  await put(visited, MISSING);
  await visited.answers.first().waitFor();
  sentences.push([await visited.widget.locator(".failure p").first().textContent(), en("error.network", { part, url: `${other.url}catalog.json` })]);
  for (const [said, expected] of sentences) assert.equal(said, expected);
  assert.equal(new Set(sentences.map(([said]) => said.replace(/http\S+/g, ""))).size, 5);
});

test("fault 15: a catalog is asked for without credentials and referrer", async () => {
  const site = await stage({ spoil: { "portal.html": widget('catalog="./own.json"'), "own.json": JSON.stringify(catalog()) } });
  const visited = await visit(browser, site.url);
  await visited.context.addCookies([{ name: "session", value: "secret", url: site.url }]);
  await visited.page.goto(`${site.url}portal.html`);
  await wake(visited.page);
  await ready(visited);
  const of = (path) => site.asked.findLast((one) => one.path === path).headers;
  assert.match(of("portal.html").cookie, /session=secret/, "the watch works");
  for (const path of ["own.json", "error_diagnoser_bg.wasm", "i18n/en.json"]) {
    assert.deepEqual([of(path).cookie, of(path).referer, of(path).authorization], [undefined, undefined, undefined], path);
  }
});

test("fault 15: with integrity, another file is no catalog", async () => {
  const own = JSON.stringify(catalog());
  const hash = `sha256-${createHash("sha256").update(own).digest("base64")}`;
  const site = await stage({ spoil: { "portal.html": widget(`catalog="./own.json#${hash}"`), "own.json": own } });
  const right = await visit(browser, `${site.url}portal.html`);
  await ready(right);
  assert.equal(await right.widget.locator(".failure").count(), 0);
  site.spoil["own.json"] = `${own} `;
  const wrong = await visit(browser, `${site.url}portal.html`);
  await wrong.widget.locator(".failure").waitFor();
  assert.equal(await wrong.widget.locator(".failure p").first().textContent(), en("error.integrity", { part: en("part.catalog"), url: `${site.url}own.json#${hash}` }));
  await put(wrong, MISSING);
  await wrong.answers.first().waitFor();
});
