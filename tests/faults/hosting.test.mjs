// Faults 21 to 24: servers and pages that are not as they should be. Fault 24's worker and fault 25, the single file, are
// proved in tests/browser/offline.test.mjs.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { launch, run } from "../browser/harness.mjs";
import { MISSING, POLICY, catalog, portal, put, ready, stage, strike, texts, visit } from "./stage.mjs";

const en = texts();
const WASM = "error_diagnoser_bg.wasm";
let browser;
before(async () => {
  run(["build"]);
  browser = await launch();
});
afterEach(strike);
after(() => browser?.close());

test("fault 21: wasm served as plain text works", async () => {
  for (const type of ["text/plain", "application/octet-stream"]) {
    const site = await stage({ spoil: { [WASM]: { headers: { "content-type": type } } } });
    const visited = await visit(browser, site.url);
    await ready(visited);
    await put(visited, MISSING);
    await visited.answers.first().getByText("cpu-high").first().waitFor();
  }
});

test("fault 21: wasm that is not there, or is a web page, is named with its address", async () => {
  const part = en("part.engine");
  for (const [answer, key] of [[{ status: 404, body: "" }, "error.status"], [{ headers: { "content-type": "text/html" }, body: "<p>" }, "error.html"], [Buffer.from("not wasm"), "error.not-wasm"]]) {
    const site = await stage({ spoil: { [WASM]: answer } });
    const visited = await visit(browser, site.url);
    const said = await visited.widget.locator(".failure p").first().textContent();
    assert.equal(said, en(key, { part, url: site.url + WASM, status: 404 }));
  }
});

test("fault 21: a policy without 'wasm-unsafe-eval' is told what to add", async () => {
  const policy = POLICY.replace(" 'wasm-unsafe-eval'", "");
  const site = await stage({ headers: { "content-security-policy": policy } });
  const visited = await visit(browser, site.url);
  const said = await visited.widget.locator(".failure p").first().textContent();
  assert.ok(said.includes("script-src 'self' 'wasm-unsafe-eval'"), said);
});

test("fault 22: two widgets and two copies of the script share one engine; coming and going does no harm", async () => {
  const body = '<error-diagnoser id="a"></error-diagnoser><error-diagnoser id="b"></error-diagnoser><error-diagnoser id="c" catalog="./own.json"></error-diagnoser>';
  const own = JSON.stringify(catalog());
  const site = await stage({ spoil: { "portal.html": portal({ body, scripts: ["./widget.js", "./widget.js?copy"] }), "own.json": own } });
  const visited = await visit(browser, `${site.url}portal.html`);
  for (const id of ["a", "b", "c"]) {
    const widget = visited.page.locator(`#${id}`);
    await widget.locator(".empty").waitFor();
    await widget.getByRole("textbox").first().fill(MISSING.replace("cpu-high", `alert-${id}`));
    await widget.getByRole("article").first().getByText(`alert-${id}`).first().waitFor();
  }
  const once = [WASM, "catalog.edc", "own.json", "error_diagnoser.js", "error_diagnoser_redact_bg.wasm", "error_diagnoser_tools_bg.wasm"];
  for (const path of once) {
    assert.equal(site.asked.filter((one) => one.path === path).length, 1, path);
  }
  // Moved, taken out, put back; and thrown away with everything else, as pages that navigate without loading do.
  await visited.page.evaluate(() => {
    const a = document.querySelector("#a");
    document.body.append(a);
    a.remove();
    document.body.prepend(a);
  });
  const again = visited.page.locator("#a");
  await again.getByRole("textbox").first().fill(MISSING.replace("cpu-high", "alert-again"));
  await again.getByRole("article").first().getByText("alert-again").first().waitFor();
  await visited.page.evaluate((missing) => {
    for (let turn = 0; turn < 20; turn++) {
      document.body.replaceChildren();
      document.body.innerHTML = "<error-diagnoser></error-diagnoser>";
      document.querySelector("error-diagnoser").diagnose(missing);
    }
  }, MISSING);
  await visited.answers.first().getByText("cpu-high").first().waitFor();
  assert.equal(site.asked.filter((one) => one.path === WASM).length, 1);
  assert.deepEqual(visited.complaints, []);
});

test("fault 23: hostile styles of the page leave the widget readable", async () => {
  const hostile =
    "* { all: unset !important; } html { font-size: 200px !important; } body, body * { color: red !important; " +
    "font-family: fantasy !important; letter-spacing: 40px !important; line-height: 0.1 !important; text-transform: uppercase !important; direction: rtl !important }";
  const site = await stage({ spoil: { "portal.html": portal({ head: '<link rel="stylesheet" href="./hostile.css">' }), "hostile.css": hostile } });
  const visited = await visit(browser, `${site.url}portal.html`);
  await ready(visited);
  await put(visited, MISSING);
  await visited.answers.first().waitFor();
  const looks = await visited.page.evaluate(() => {
    const root = document.querySelector("error-diagnoser").shadowRoot;
    const look = (element) => {
      const { fontSize, letterSpacing, lineHeight, textTransform, direction, fontFamily, color } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      const size = parseFloat(fontSize);
      return { size, letterSpacing, line: lineHeight === "normal" ? 1.2 : parseFloat(lineHeight) / size, textTransform, direction, fontFamily, color, width, height };
    };
    return ["textarea", "article h2, article h3", "article li, article p"].map((selector) => look(root.querySelector(selector)));
  });
  for (const look of looks) {
    assert.ok(look.size >= 12 && look.size <= 64, JSON.stringify(look));
    assert.ok(look.width > 150 && look.height >= 12, JSON.stringify(look));
    assert.ok(look.line >= 1 && look.line <= 2.2, JSON.stringify(look));
    assert.ok(["normal", "0px"].includes(look.letterSpacing) || parseFloat(look.letterSpacing) < 2, JSON.stringify(look));
    assert.ok(look.textTransform === "none" && !look.fontFamily.includes("fantasy") && look.color !== "rgb(255, 0, 0)", JSON.stringify(look));
  }
});

test("fault 23: the widget leaks no style into the page", async () => {
  const body = '<h1>Portal</h1><p class="answer failure soft">text <mark>mark</mark></p><details><summary>s</summary></details><button>b</button><textarea></textarea>';
  const looks = [];
  for (const element of ["", "<error-diagnoser></error-diagnoser>"]) {
    const site = await stage({ spoil: { "portal.html": portal({ body: body + element }) } });
    const visited = await visit(browser, `${site.url}portal.html`);
    if (element) await ready(visited);
    looks.push(
      await visited.page.evaluate(() =>
        [...document.querySelectorAll("html, body, h1, p, mark, summary, button, textarea")].map((one) => {
          const style = getComputedStyle(one);
          // Heights of what holds the widget are its own business.
          return [...style].filter((name) => !/height|block-size|origin|inline-size|width/.test(name)).map((name) => `${one.localName} ${name}: ${style.getPropertyValue(name)}`);
        }),
      ),
    );
  }
  assert.deepEqual(looks[1], looks[0]);
});

test("fault 24: the widget registers no service worker", async () => {
  const site = await stage({ spoil: { "portal.html": portal(), "sw.js": (text) => text } });
  const visited = await visit(browser, `${site.url}portal.html`);
  await ready(visited);
  await put(visited, MISSING);
  await visited.answers.first().waitFor();
  assert.equal(await visited.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  assert.ok(!site.asked.some(({ path }) => path === "sw.js"));
});
