// What leaves the page by the reader's own hand: copies, links, reports, paper. Nothing of the paste goes where it must not.

import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, test } from "node:test";

import { launch, open, paste, serve, speak } from "./harness.mjs";

const MISSING = "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";

let site;
let browser;
let opened;
let say;

before(async () => {
  site = await serve("--port", "0");
  browser = await launch();
  say = await speak(site.url);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});
beforeEach(async () => (opened = await open(browser, site.url)));
afterEach(async () => {
  const { complaints, page } = opened;
  await page.context().close();
  assert.deepEqual(complaints, []);
});

const copied = (page) => page.evaluate(() => navigator.clipboard.readText());

test("an answer is copied as text, as Markdown, and as a link without anything of the paste", async () => {
  const { page, answers } = opened;
  await paste(opened, `${MISSING} canary-5f1d`);
  await answers.first().locator("details.take > summary").click();
  const press = async (key) => {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await answers.first().getByRole("button", { name: say(key), exact: true }).click();
    await answers.first().getByRole("button", { name: say("copied") }).first().waitFor();
    return page.waitForFunction(() => navigator.clipboard.readText()).then((text) => text.jsonValue());
  };
  const text = await press("take.text");
  assert.match(text, /^Missing connector\n=+\n/);
  assert.match(text, /alert cpu-high\. ITSM Connector 7f3c/);
  assert.match(text, /\nA\. .+\nB\. .+ \(https:\/\//);
  const markdown = await press("take.markdown");
  assert.match(markdown, /^## Missing connector\n/);
  assert.match(markdown, /\]\(<https:\/\//);
  assert.match(markdown, /`7f3c`/);
  const link = await press("take.link");
  assert.equal(link, new URL("#/itsmc/missing-connector?lang=en", site.url).href);
  for (const one of [text, markdown, link]) assert.ok(!one.includes("canary"));
});

test("a report is shown before it is copied, without the secrets, and not at all where they cannot be taken out", async () => {
  const { page, answers } = opened;
  await paste(opened, `password=hunter2 ${MISSING}`);
  await answers.first().waitFor();
  await page.locator("details.report > summary").click();
  const preview = await page.locator("details.report pre").innerText();
  assert.ok(!preview.includes("hunter2") && preview.includes("itsmc/missing-connector"), preview);
  await page.getByRole("button", { name: say("report.copy") }).click();
  await page.getByRole("button", { name: say("copied") }).waitFor();
  assert.equal((await copied(page)).trim(), preview.trim(), "what is copied is what was shown");
  await page.evaluate(async () => {
    const diagnoser = await (await import("./engine.js")).load();
    diagnoser.redact = () => Promise.reject(new Error("no"));
  });
  await paste(opened, `once more ${MISSING}`);
  await page.getByText(say("report.unsafe")).waitFor();
  assert.equal(await page.getByRole("button", { name: say("report.copy") }).count(), 0);
});

test("on paper the steps are open, links are written out, and what is no answer is gone", async () => {
  const { page, answers } = opened;
  await paste(opened, MISSING);
  await answers.first().waitFor();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.ok(await answers.first().isVisible());
  assert.ok(!(await opened.box.isVisible()));
  assert.ok(!(await page.locator("footer").isVisible()));
  assert.equal(await answers.first().locator("details.why").evaluate((why) => why.open), true);
  const after = await answers.first().getByRole("link").first().evaluate((link) => getComputedStyle(link, "::after").content);
  assert.match(after, /https:\/\//);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await answers.first().locator("details.why").evaluate((why) => why.open), false);
});
