// The built page in a real browser, as a reader meets it.

import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, test } from "node:test";

import { launch, open, paste, serve } from "./harness.mjs";

const MISSING_CONNECTOR =
  "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";

const LANGUAGES = ["en", "nl", "sv", "ko"];

let site;
let browser;
let catalog;
let opened;

before(async () => {
  site = await serve("--port", "0");
  browser = await launch();
  catalog = await (await fetch(new URL("catalog.json", site.url))).json();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});
beforeEach(async () => (opened = await open(browser, site.url)));
afterEach(async () => {
  const { complaints, page } = opened;
  await page.context().close();
  // Whatever a test looks at: no error on the console, no violation of the policy, no file that failed.
  assert.deepEqual(complaints, []);
});

/** What the catalog says about the missing connector in a language: the page must show this very text. */
function expected(lang) {
  return catalog.entries.find((entry) => entry.id === "itsmc/missing-connector").texts[lang];
}

test("a paste is answered, inside the element", async () => {
  const { answers, page } = opened;
  assert.equal(await answers.count(), 0, "no answer before the paste");
  await paste(opened, MISSING_CONNECTOR);
  const answer = answers.first();
  await answer.getByRole("heading", { name: expected("en").title }).waitFor();
  const shown = await answer.innerText();
  for (const part of ["cpu-high", "7f3c"]) {
    assert.ok(shown.includes(part), `${part} in ${shown}`);
  }
  assert.ok((await answer.getByRole("listitem").count()) > 0, "the steps are a list");
  const link = answer.getByRole("link").first();
  assert.match(await link.getAttribute("href"), /^https:\/\//);
  assert.match(await link.getAttribute("rel"), /noopener/);
  assert.match(await link.getAttribute("rel"), /noreferrer/);
  const inShadow = await page.evaluate(
    () => document.querySelector("error-diagnoser").shadowRoot.querySelector("article") !== null,
  );
  assert.ok(inShadow, "the answer stands in the element's shadow tree");
  assert.equal(await page.evaluate(() => document.querySelector("article")), null, "and nowhere else");
});

test("the first answer: what it needs is asked for before anything is painted, and what it does not need comes after it", async () => {
  // A profile of its own, which has nothing of the page yet.
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  await page.addInitScript((text) => {
    const seen = (globalThis.seen = []);
    const see = (what, node) => new MutationObserver(() => seen.includes(what) || !node.querySelector(what) || seen.push(what)).observe(node, { childList: true, subtree: true });
    // Pasted as soon as there is a box.
    customElements.whenDefined("error-diagnoser").then(() => {
      const element = document.querySelector("error-diagnoser");
      see("article", element.shadowRoot);
      see("#product option + option", document);
      see("#entries a", document);
      element.diagnose(text);
    });
  }, MISSING_CONNECTOR);
  await page.goto(site.url);
  await page.waitForFunction(() => globalThis.seen.length === 3);
  assert.deepEqual(await page.evaluate(() => globalThis.seen), ["article", "#product option + option", "#entries a"]);
  const painted = await page.evaluate(() => performance.getEntriesByName("first-paint")[0].startTime);
  for (const name of ["error_diagnoser_bg.wasm", "catalog.edc", "en.json"]) {
    const asked = await page.evaluate((end) => performance.getEntriesByType("resource").find((one) => one.name.endsWith(end)).startTime, name);
    assert.ok(asked < painted, `${name} was asked for at ${asked} ms, and painted was at ${painted} ms`);
  }
  await context.close();
});

test("the four languages", async () => {
  const { answers, page } = opened;
  await paste(opened, MISSING_CONNECTOR);
  for (const lang of [...LANGUAGES.slice(1), "en"]) {
    await page.locator("select").filter({ has: page.locator('option[value="ko"]') }).selectOption(lang);
    await answers.first().getByRole("heading", { name: expected(lang).title }).waitFor();
    // The page and its element each wait for the texts, and either may be the first to have them.
    await page.waitForFunction((asked) => document.documentElement.lang === asked, lang);
    assert.ok((await answers.first().innerText()).includes("cpu-high"), lang);
  }
});

test("a reader's own language is chosen at first", async () => {
  for (const [locale, lang] of [["nl-BE", "nl"], ["ko-KR", "ko"], ["sv-SE", "sv"], ["fr-FR", "en"]]) {
    const other = await open(browser, site.url, { locale });
    await paste(other, MISSING_CONNECTOR);
    await other.answers.first().getByRole("heading", { name: expected(lang).title }).waitFor();
    await other.page.context().close();
    assert.deepEqual(other.complaints, [], locale);
  }
});

test("nothing is asked of any server once the page is loaded", async () => {
  const { answers, box, page, requests } = opened;
  const before = requests.length;
  assert.ok(before > 0, "the watch works: loading was seen");
  await paste(opened, `${MISSING_CONNECTOR} canary-5f1d`);
  await answers.first().waitFor();
  await paste(opened, "The weather is lovely today. canary-5f1d");
  await answers.filter({ hasText: "cpu-high" }).first().waitFor({ state: "detached" });
  await box.fill("");
  await page.context().setOffline(true);
  await paste(opened, MISSING_CONNECTOR);
  await answers.first().getByRole("heading", { name: expected("en").title }).waitFor();
  assert.deepEqual(requests.slice(before), []);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.title]));
  assert.ok(!kept.includes("canary") && !kept.includes("cpu-high"), kept);
});

test("markup in a paste is text", async () => {
  const { answers, page } = opened;
  const hostile = '<img src="x" onerror="window.stolen = 1"><script>window.stolen = 1</script>';
  await paste(opened, MISSING_CONNECTOR.replace("cpu-high", hostile));
  await answers.first().waitFor();
  const found = await page.evaluate(() => {
    const root = document.querySelector("error-diagnoser").shadowRoot;
    return { stolen: window.stolen, nodes: root.querySelectorAll("article img, article script, article iframe").length };
  });
  assert.deepEqual(found, { stolen: undefined, nodes: 0 });
});

test("the box does not hand its text to the browser's own services", async () => {
  const { box } = opened;
  assert.equal(await box.getAttribute("spellcheck"), "false");
  assert.equal(await box.getAttribute("autocomplete"), "off");
  assert.equal(await box.getAttribute("translate"), "no");
});

test("no answer is said plainly", async () => {
  const { answers, page } = opened;
  const texts = await (await fetch(new URL("i18n/en.json", site.url))).json();
  await paste(opened, MISSING_CONNECTOR);
  await answers.filter({ hasText: "cpu-high" }).first().waitFor();
  await paste(opened, "The weather is lovely today.");
  await page.getByText(texts["nothing.title"], { exact: true }).first().waitFor();
  assert.equal(await answers.filter({ hasText: "cpu-high" }).count(), 0, "the earlier answer is gone");
});
