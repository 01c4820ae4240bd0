// For everyone: axe-core in every state, language and theme; narrow, in forced colours, by keyboard; and texts complete.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { launch, open, serve, source, speak } from "./harness.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LANGUAGES = ["en", "nl", "sv", "ko"];
const MISSING = "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";

/** Every state, with how it comes about. */
const STATES = {
  empty: async () => {},
  answer: async ({ box }) => box.fill(`2021-03-04 11:27:43 ERROR ${MISSING}`),
  "answer unfolded": async ({ box, page }) => {
    await box.fill(MISSING);
    await page.locator("article details").first().waitFor();
    await page.locator("article input[type=checkbox]").first().check();
    for (const summary of await page.locator("article summary").all()) await summary.click();
  },
  several: async ({ box }) =>
    box.fill("Okta: HttpRequestFailure: Server returned: 404 Not Found\nUser Not Authenticated\nOffice 365: SocketTimeoutException: Read timed out"),
  long: async ({ box }) => box.fill(`${"INFO tick\n".repeat(100)}${MISSING}\n${"INFO tick\n".repeat(100)}${MISSING}`),
  "app question": async ({ box }) => box.fill("HttpRequestFailure: Server returned: 401 Unauthorized"),
  "cause question": async ({ box }) => box.fill("Something went wrong. Could not get connection details."),
  "next cause": async ({ box, page }) => {
    await box.fill("Something went wrong. Could not get connection details.");
    await page.locator(".choices.stacked button").first().click();
    await page.locator(".feedback button").nth(1).click();
    await page.locator(".feedback button").nth(1).click();
  },
  "no match": async ({ box, page }) => {
    await box.fill("someone deleted the widget and ORA-01017: invalid username/password; logon denied");
    await page.locator(".nothing").waitFor();
    for (const summary of await page.locator(".nothing summary, .closest summary").all()) await summary.click();
  },
  entry: async ({ page }) => page.evaluate(() => (location.hash = "#/cas/google-apps/403-forbidden")),
  "unknown entry": async ({ page }) => page.evaluate(() => (location.hash = "#/no/such")),
  reading: async ({ page }) => {
    await page.evaluate(() => {
      // A file that comes slowly, and is too long to be held.
      const slow = new File(["x".repeat(3_000_000)], "slow.log");
      const { stream } = Blob.prototype;
      let times = 0;
      slow.stream = () =>
        times++ === 0
          ? stream.call(slow)
          : new ReadableStream({
              async pull(controller) {
                await new Promise((resolve) => setTimeout(resolve, 100));
                controller.enqueue(new TextEncoder().encode("all is well\n".repeat(200)));
              },
            });
      void document.querySelector("error-diagnoser").read([slow]);
    });
    await page.locator(".so-far:not(:empty)").waitFor();
  },
  "long file": async ({ page }) => {
    await page.evaluate((text) => {
      const lines = "INFO tick\n".repeat(250_000);
      void document.querySelector("error-diagnoser").read([new File([lines, text, "\n", lines, text], "server.log")]);
    }, MISSING);
    await page.locator(".lines mark").first().waitFor();
  },
  "unreadable file": async ({ page }) =>
    page.locator("input[type=file]").setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: Buffer.from([1, 0, 2]) }),
};

let site;
let browser;

/** A profile for each language. */
const profiles = {};

before(async () => {
  site = await serve("--port", "0");
  browser = await launch();
  for (const lang of LANGUAGES) profiles[lang] = await browser.newContext({ locale: lang });
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** What axe looks for; and what of it depends on colours, and so on the theme. */
const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** What axe finds, as lines to read. */
async function violations(page, runOnly = ALL) {
  // Through the debugger, so that the page's policy stays as strict as it is.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const { violations: found } = await page.evaluate((only) => axe.run(document, { runOnly: only, resultTypes: ["violations"] }), runOnly);
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(" ")}\n${failureSummary}`));
}

for (const [state, enter] of Object.entries(STATES)) {
  test(`axe finds nothing: ${state}`, async () => {
    for (const lang of LANGUAGES) {
      const opened = await open(browser, site.url, { context: profiles[lang] });
      await enter(opened);
      await opened.page.waitForTimeout(300);
      for (const theme of ["light", "dark"]) {
        await opened.page.locator(`#theme input[value=${theme}]`).check({ force: true });
        assert.deepEqual(await violations(opened.page, theme === "light" ? ALL : COLOURS), [], `${state}, ${lang}, ${theme}`);
      }
      await opened.page.close();
      assert.deepEqual(opened.complaints, []);
    }
  });
}

test("axe finds nothing on a page of its own of an entry", async () => {
  for (const lang of LANGUAGES) {
    for (const path of ["index", "cas/google-apps/403-forbidden"]) {
      const opened = await open(browser, new URL(`entries/${lang}/${path}.html`, site.url).href, { context: profiles[lang] });
      for (const colorScheme of ["light", "dark"]) {
        await opened.page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(opened.page, colorScheme === "light" ? ALL : COLOURS), [], `${lang} ${path} ${colorScheme}`);
      }
      await opened.page.close();
      assert.deepEqual(opened.complaints, []);
    }
  }
});

test("at 320 pixels nothing has to be scrolled sideways, and targets are at least 24 pixels", async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, locale: "nl" });
  for (const [state, enter] of Object.entries(STATES)) {
    const opened = await open(browser, site.url, { context });
    await enter(opened);
    await opened.page.waitForTimeout(300);
    const width = await opened.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `${state}: ${width} pixels wide`);
    const small = await opened.page.locator("button:visible, summary:visible, input:visible, select:visible").evaluateAll((all) =>
      all.filter((one) => {
        const { width, height } = one.getBoundingClientRect();
        return Math.min(width, height) < 23.5;
      }).map((one) => `${one.tagName} ${one.className} ${one.textContent}`));
    assert.deepEqual(small, [], state);
    const broken = await opened.page.locator(".row button:visible, .row label:visible").evaluateAll((all) =>
      all.filter((one) => one.getClientRects().length > 0 && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0).map((one) => one.textContent));
    assert.deepEqual(broken, [], state);
    await opened.page.close();
  }
  await context.close();
});

test("text of twice the size fits", async () => {
  const opened = await open(browser, site.url, { viewport: { width: 640, height: 800 } });
  await opened.page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  await STATES.several(opened);
  await opened.answers.nth(2).waitFor();
  assert.ok((await opened.page.evaluate(() => document.documentElement.scrollWidth)) <= 640);
  await opened.page.context().close();
});

test("in forced colours the kinds of marks and the ticks still differ", async () => {
  const opened = await open(browser, site.url, { forcedColors: "active" });
  await STATES["answer unfolded"](opened);
  const style = (selector) => opened.page.locator(selector).first().evaluate((one) => {
    const { borderTopStyle, borderTopWidth, borderBottomStyle, backgroundColor } = getComputedStyle(one);
    return JSON.stringify([borderTopStyle, borderTopWidth, borderBottomStyle, backgroundColor]);
  });
  assert.notEqual(await style('.lines mark[data-kind="literal"]'), await style('.lines mark[data-kind="value"]'));
  assert.notEqual(await style(".steps input:checked"), await style(".steps input:not(:checked)"));
  await opened.page.context().close();
});

test("quoted text that runs from right to left does so, and the page around it does not", async () => {
  const opened = await open(browser, site.url);
  const { page, box, answers } = opened;
  await box.fill("Could not create/update work item for alert \u05d4\u05ea\u05e8\u05d0\u05d4 \u05d0. ITSM Connector 7f3c does not exist or was deleted.\n\u05e9\u05d2\u05d9\u05d0\u05d4 \u05d1\u05de\u05e2\u05e8\u05db\u05ea");
  await answers.first().waitFor();
  const direction = (selector) => page.locator(selector).first().evaluate((one) => getComputedStyle(one).direction);
  assert.equal(await direction('.line[data-line="0"]'), "ltr");
  assert.equal(await direction('.line[data-line="1"]'), "rtl");
  assert.equal(await direction(".recognised mark"), "rtl");
  assert.equal(await direction(".recognised .message"), "ltr");
  assert.equal(await direction(".diagnosis h2"), "ltr");
  await page.context().close();
});

test("with reduced motion nothing moves", async () => {
  const opened = await open(browser, site.url, { reducedMotion: "reduce" });
  await STATES.long(opened);
  await opened.answers.first().waitFor();
  await opened.page.locator(".strips .step").last().click();
  const moving = await opened.page.evaluate(() =>
    document.querySelector("error-diagnoser").shadowRoot.getAnimations?.().concat(document.getAnimations()).length ?? 0);
  assert.equal(moving, 0);
  assert.equal(await opened.page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto");
  await opened.page.context().close();
});

test("by keyboard alone: paste, read, answer the question, tick, copy", async () => {
  const opened = await open(browser, site.url);
  const { page, answers } = opened;
  const say = await speak(site.url);
  const here = () => page.evaluate(() => {
    const outer = document.activeElement;
    const inner = outer?.shadowRoot?.activeElement ?? outer;
    return inner?.getAttribute("aria-label") ?? inner?.textContent ?? "";
  });
  const tabTo = async (text) => {
    for (let press = 0; press < 60; press += 1) {
      if ((await here()).includes(text)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`no way to "${text}" by the tab key`);
  };
  await opened.box.focus();
  await page.keyboard.insertText("Something went wrong. Could not get connection details.");
  await answers.first().waitFor();
  const choice = await answers.first().locator(".choices button").first().innerText();
  await tabTo(choice);
  await page.keyboard.press("Enter");
  for (let press = 0; press < 10 && !(await answers.first().locator("input:focus").count()); press += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  assert.equal(await answers.first().locator("input:checked").count(), 1);
  await tabTo(say("take"));
  await page.keyboard.press("Enter");
  await tabTo(say("take.text"));
  const visible = await page.evaluate(() => {
    const { activeElement } = document.querySelector("error-diagnoser").shadowRoot;
    return getComputedStyle(activeElement).outlineStyle;
  });
  assert.equal(visible, "solid", "the focus can be seen");
  await page.context().close();
});

test("nothing jumps when the page loads and when the answer comes", async () => {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 360, height: 780 }]) {
    const opened = await open(browser, "about:blank", { viewport });
    const { page } = opened;
    await page.addInitScript(() => {
      window.shifted = 0;
      new PerformanceObserver((list) => {
        for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifted += value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(site.url, { waitUntil: "networkidle" });
    await STATES.answer(opened);
    await opened.answers.first().waitFor();
    await page.waitForTimeout(500);
    const shifted = await page.evaluate(() => window.shifted);
    assert.ok(shifted < 0.02, `${viewport.width}: ${shifted}`);
    await page.context().close();
  }
});

for (const folder of ["i18n", "i18n/workbench"]) test(`every text of ${folder} is there in every language, with the same placeholders and the plurals that it needs`, () => {
  const texts = Object.fromEntries(LANGUAGES.map((lang) => [lang, JSON.parse(readFileSync(join(source, `www/${folder}/${lang}.json`), "utf8"))]));
  const names = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
  for (const lang of LANGUAGES) {
    assert.deepEqual(Object.keys(texts[lang]).sort(), Object.keys(texts.en).sort(), lang);
    const categories = new Intl.PluralRules(lang).resolvedOptions().pluralCategories.sort();
    for (const [key, message] of Object.entries(texts[lang])) {
      const english = texts.en[key];
      assert.equal(typeof message, typeof english, `${lang} ${key}`);
      if (typeof message === "string") {
        assert.ok(message.trim() !== "", `${lang} ${key}`);
        assert.deepEqual(names(message), names(english), `${lang} ${key}`);
      } else {
        if ("one" in english) assert.deepEqual(Object.keys(message).sort(), categories, `${lang} ${key}`);
        for (const text of Object.values(message)) {
          assert.deepEqual(names(text).filter((name) => name !== "count"), names(english.other).filter((name) => name !== "count"), `${lang} ${key}`);
        }
      }
    }
  }
});

test("every text that the page asks for exists, and every one that exists is asked for", async () => {
  const { readdirSync } = await import("node:fs");
  // The workbench has texts of its own, which readers do not load.
  const keys = ["en.json", "workbench/en.json"].flatMap((name) => Object.keys(JSON.parse(readFileSync(join(source, "www/i18n", name), "utf8"))));
  const files = [...readdirSync(join(source, "www")).filter((name) => /\.(js|html)$/.test(name)).map((name) => `www/${name}`), "src/cli/entries.rs"];
  const code = files.map((name) => readFileSync(join(source, name), "utf8")).join("\n");
  // Texts whose names are put together: by confidence, code, kind, manner and part; and what first-texts.js has of its own.
  const made = /^(error|part|intake|why|marked|question|certain|likely)(\.|$)|^loading\.failed$|^workbench\.(certain|likely|possible)$/;
  const unused = keys.filter((key) => !code.includes(`"${key}"`) && !made.test(key));
  assert.deepEqual(unused, []);
  const asked = [...code.matchAll(/(?:\.say\(|data-text=)"([a-z.-]+)"/g)].map(([, key]) => key);
  assert.deepEqual(asked.filter((key) => !keys.includes(key)), []);
});
