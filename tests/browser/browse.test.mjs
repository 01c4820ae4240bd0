// The list of all entries, the address of each, and the pages that need no script.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open, paste, serve, speak } from "./harness.mjs";

const MISSING = "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";
const LANGUAGES = ["en", "nl", "sv", "ko"];

let site;
let browser;
let catalog;
let say;

before(async () => {
  site = await serve("--port", "0");
  browser = await launch();
  catalog = await (await fetch(new URL("catalog.json", site.url))).json();
  say = await speak(site.url);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** Opens an address, runs, and nothing may have gone wrong. */
async function at(path, run, options) {
  const opened = await open(browser, new URL(path, site.url).href, options);
  await run(opened);
  await opened.page.context().close();
  assert.deepEqual(opened.complaints, [], path);
}

const title = (id, lang) => catalog.entries.find((entry) => entry.id === id).texts[lang].title;

test("every entry is listed, the filter leaves some, and a link opens one with its address", async () => {
  await at("", async ({ page, answers }) => {
    const links = page.locator("#entries a");
    assert.equal(await links.count(), catalog.entries.length);
    await page.getByRole("searchbox").fill("okta 404");
    assert.equal(await links.count(), 1);
    await links.first().focus();
    await page.keyboard.press("Enter");
    await answers.first().getByRole("heading", { name: title("cas/okta/404-not-found", "en") }).waitFor();
    assert.equal(new URL(page.url()).hash, "#/cas/okta/404-not-found");
    const focus = await page.evaluate(() => document.querySelector("error-diagnoser").shadowRoot.activeElement?.tagName);
    assert.equal(focus, "H2", "the focus follows the link");
    await page.goBack();
    await page.getByRole("heading", { name: say("empty.title") }).waitFor();
  });
});

test("an address carries entry and language, for this visit only", async () => {
  for (const lang of LANGUAGES) {
    await at(`#/itsmc/missing-connector?lang=${lang}`, async ({ page, answers }) => {
      await answers.first().getByRole("heading", { name: title("itsmc/missing-connector", lang) }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
      assert.equal(await page.evaluate(() => localStorage.length), 0);
    });
  }
});

test("unknown, malformed and endless addresses are text", async () => {
  for (const hash of ["#/no/such", "#/%E0%A4%A", "#/<img src=x onerror=alert(1)>", `#/${"x".repeat(1_000_000)}`]) {
    await at(hash, async ({ page }) => {
      await page.getByRole("heading", { name: say("entry.unknown") }).waitFor();
    });
  }
  await at("#/?lang=xx", async ({ page }) => {
    await page.getByRole("heading", { name: say("empty.title") }).waitFor();
  });
});

test("a paste takes over from an entry, and the address follows", async () => {
  await at("#/cas/okta/404-not-found", async (opened) => {
    await paste(opened, MISSING);
    await opened.answers.first().getByText("cpu-high").first().waitFor();
    assert.equal(new URL(opened.page.url()).hash, "");
  });
});

test("every entry has a page without script, in every language, and its links lead somewhere", async () => {
  for (const lang of LANGUAGES) {
    const list = await (await fetch(new URL(`entries/${lang}/index.html`, site.url))).text();
    for (const { id } of catalog.entries) {
      assert.ok(list.includes(`href="${id}.html"`), id);
      const response = await fetch(new URL(`entries/${lang}/${id}.html`, site.url));
      assert.equal(response.status, 200, id);
    }
  }
  await at("entries/nl/itsmc/missing-connector.html", async ({ page }) => {
    await page.getByRole("heading", { level: 1, name: title("itsmc/missing-connector", "nl") }).waitFor();
    const targets = await page.locator('a[href], link[href]').evaluateAll((all) => all.map(({ href }) => href));
    for (const href of targets.filter((one) => one.startsWith(site.url))) {
      assert.equal((await fetch(href)).status, 200, href);
    }
    assert.notEqual(await page.locator("main").evaluate((main) => getComputedStyle(main).maxWidth), "none", "it has its style");
  }, { javaScriptEnabled: true });
});
