// The workbench in a browser: live, offline, as one file, and fast with a long page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { dist, launch, open, serve } from "./harness.mjs";

let browser;
let site;

before(async () => {
  site = await serve("--port", "0");
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const SINGLE = pathToFileURL(join(dist, "error-diagnoser-workbench.html")).href;
const places = () => [new URL("workbench.html", site.url).href, SINGLE];

async function bench(url, options) {
  const opened = await open(browser, url, options);
  const { page } = opened;
  await page.locator("#counts").filter({ hasText: /\d/ }).waitFor();
  return { ...opened, text: page.locator("#text"), problems: page.locator("#problems li"), found: page.locator("#found") };
}

/** Lets a script of the page see what a person would have saved. */
async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  return readFileSync(await download.path(), "utf8");
}

test("what is wrong is said while it is typed, at its line, offline, on the site and as one file", async () => {
  for (const url of places()) {
    const { page, text, problems, found, requests, complaints } = await bench(url);
    await page.context().setOffline(true);
    const before = requests.length;
    assert.equal(await problems.count(), 0, "the example is clean");
    const typed = (await text.inputValue()).replace("**Resolution**", "**Resolutoin**").replace("{sku} is out of stock", "{sku} is gone");
    await text.fill(typed);
    await problems.filter({ hasText: "did you mean \"resolution\"?" }).waitFor();
    // The sample is run once the author pauses.
    await problems.filter({ hasText: "[sample-not-found]" }).waitFor();
    await problems.filter({ hasText: "did you mean \"resolution\"?" }).getByRole("button").click();
    const selected = await text.evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd));
    assert.equal(selected, "**Resolutoin**: Order more of it.");
    assert.ok((await page.locator(".marks span").count()) > 0);
    await text.fill(typed.replace("Resolutoin", "Resolution").replace("{sku} is gone", "{sku} is out of stock"));
    await page.locator("#problems:empty").waitFor({ state: "attached" });

    await page.locator("#paste").fill("2026-01-01 item B-2 is out of stock in store Malmö");
    await found.getByText("certain", { exact: false }).first().waitFor();
    assert.match(await found.textContent(), /shop\/out-of-stock.*\{sku\} is B-2.*Found in the paste: 100 %/s);
    await page.locator("#paste").fill("Item B-2 is out of stock in stare Malmö");
    await found.getByText("Missing from the paste", { exact: false }).waitFor();

    await page.getByRole("button", { name: "Compare with what stands here now" }).click();
    assert.match(await page.locator("#delta").textContent(), /Nothing changed/);
    await page.locator("#paste").fill("ERROR the till 17 refused the coin: it is bent");
    await page.getByRole("button", { name: "Propose an entry for it" }).click();
    await page.getByRole("button", { name: "Add it to the page" }).click();
    await page.locator("#delta").filter({ hasText: "## New" }).waitFor();
    assert.match(await text.inputValue(), /\*\*Error\*\*: `the till \{till\} refused the coin: it is bent`/);
    await problems.filter({ hasText: "[no-cause]" }).waitFor();

    const catalog = JSON.parse(await saved(page, "Download catalog.json"));
    assert.deepEqual(catalog.entries.map(({ id }) => id), ["shop/out-of-stock", "shop/the-till-refused-the-coin-it-is-bent"]);
    assert.match(await saved(page, "Download shop/samples.toml"), /finds = false/);
    assert.deepEqual(requests.slice(before).filter((asked) => !asked.startsWith("blob:")), [], "nothing is asked for while working");
    assert.deepEqual(complaints, []);
    await page.context().close();
  }
});

test("files are opened beside each other, and pages of several languages join", async () => {
  const { page, problems, complaints } = await bench(places()[0]);
  const files = ["en.md", "nl.md", "samples.toml"].map((name) => ({
    name,
    mimeType: "text/plain",
    buffer: readFileSync(join(dist, "..", "catalog/itsmc", name)),
  }));
  await page.locator("#open").setInputFiles(files);
  await page.locator("#counts").filter({ hasText: "Entries: 9." }).waitFor();
  assert.equal(await page.locator("#tabs li").count(), 3);
  await page.getByRole("button", { name: "nl.md", exact: true }).click();
  assert.match(await page.locator("#text").inputValue(), /language: nl/);
  assert.equal(await problems.filter({ hasText: "[missing-translation]" }).count(), 0);
  await page.getByRole("button", { name: "Remove this file" }).click();
  await page.getByRole("button", { name: "en.md", exact: true }).waitFor();
  assert.equal(await page.locator("#tabs li").count(), 2);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("it speaks every language, and readers load nothing of it", async () => {
  const { page, complaints } = await bench(places()[0]);
  for (const [lang, word] of [["nl", "Problemen"], ["sv", "Problem"], ["ko", "문제"], ["en", "Problems"]]) {
    await page.locator("#language").selectOption(lang);
    await page.getByRole("heading", { name: word, exact: true }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), lang);
  }
  assert.deepEqual(complaints, []);
  await page.context().close();
  const texts = ["en", "nl", "sv", "ko"].map((lang) => JSON.parse(readFileSync(join(dist, `i18n/workbench/${lang}.json`), "utf8")));
  for (const text of texts) assert.deepEqual(Object.keys(text), Object.keys(texts[0]));
  const reader = await open(browser, site.url);
  assert.deepEqual(reader.requests.filter((asked) => /workbench|_author/.test(asked)), []);
  assert.equal(await reader.page.getByRole("link", { name: "For authors: the workbench" }).getAttribute("href"), "./workbench.html");
  // Which catalog the page shows.
  assert.match(await reader.page.locator("#edition").textContent(), /^Catalog of \w+ \d+, \d{4}, version [0-9a-f]{8}\.$/);
  await reader.page.context().close();
  const whole = readFileSync(join(dist, "error-diagnoser.html"), "utf8");
  assert.ok(!whole.includes("workbench.problems"), "the readers' file carries no text of the workbench");
});

test("a keystroke in a page of 2,000 lines is answered within 100 ms", async () => {
  const { page, text, problems, complaints } = await bench(places()[0]);
  const section = (number) =>
    [
      `## Gate ${number} is stuck {#gate-${number}}`,
      "",
      `**Error**: Gate ${number} of {harbour} did not open for ship {ship}: code G-${1000 + number}`,
      "",
      `**Cause**: The hinge of gate ${number} in {harbour} is dry.`,
      "",
      "**Resolution**: Oil it, then [try again](https://example.org/gates).",
      "",
    ].join("\n");
  const front = "---\nproduct: harbour\ntitle: Harbour\nlanguage: en\n---\n\n";
  const long = front + Array.from({ length: 300 }, (_, number) => section(number)).join("");
  assert.ok(long.split("\n").length >= 2000);
  const samples = Array.from(
    { length: 300 },
    (_, number) => `[[sample]]\nentry = "harbour/gate-${number}"\ntext = "Gate ${number} of Gent did not open for ship Ada: code G-${1000 + number}"\n`,
  ).join("\n");
  const file = (name, content) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
  await page.locator("#open").setInputFiles([file("en.md", long), file("samples.toml", samples)]);
  await page.locator("#counts").filter({ hasText: "Entries: 300." }).waitFor();
  await page.getByRole("button", { name: "en.md", exact: true }).click();
  // From the keystroke to the list of problems that knows of it, in the page's own time. The samples are run after a pause,
  // so that they do not count here.
  const times = await text.evaluate(async (box) => {
    const list = document.querySelector("#problems");
    const measured = [];
    for (let nth = 0; nth < 20; nth += 1) {
      box.focus();
      const at = box.value.indexOf("**Cause**", 3000 + nth * 900) + 2;
      const word = nth % 2 === 0 ? "Cuase" : "Cause";
      const answered = new Promise((resolve) => {
        const watch = new MutationObserver(() => (watch.disconnect(), resolve(performance.now())));
        watch.observe(list, { childList: true });
      });
      const start = performance.now();
      box.setRangeText(word === "Cuase" ? "Cuase" : "Cause", at, at + 5, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      measured.push((await answered) - start);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return measured.sort((a, b) => a - b);
  });
  const median = times[times.length >> 1];
  const slowest = times.at(-1);
  console.log(`a keystroke in 2,000 lines: median ${median.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms`);
  assert.ok(median < 100, `the median of ${times.map((time) => time.toFixed(0))} ms`);
  await problems.filter({ hasText: "Cuase" }).first().waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("axe finds nothing, with problems and with none, in every language and both themes", async () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const locale of ["en", "nl", "sv", "ko"]) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, text, problems, complaints } = await bench(places()[0], { locale, colorScheme });
      await page.evaluate(axe);
      for (const isBroken of [false, true]) {
        if (isBroken) {
          await text.fill((await text.inputValue()).replace("**Resolution**", "**Resolutoin**"));
          await problems.first().waitFor();
        }
        const { violations } = await page.evaluate(() =>
          axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat().join(" "))}`), [], `${locale} ${colorScheme} ${isBroken}`);
      }
      assert.deepEqual(complaints, []);
      await page.context().close();
    }
  }
});

test("samples that find other entries are a list and a heat map", async () => {
  const { page, complaints } = await bench(places()[0]);
  const section = (id, message) => `## ${id} {#${id}}\n\n**Error**: ${message}\n\n**Cause**: Rust.\n\n**Resolution**: Oil the hinge.\n`;
  const head = "---\nproduct: harbour\nlanguage: en\ntitle: Harbour\n---\n\n";
  const pageText = head + [section("crane", "The crane {name} cannot turn any further"), section("gate", "The gate {name} does not open at low tide")].join("\n");
  const sample = (entry, text) => `[[sample]]\nentry = "harbour/${entry}"\ntext = """\n${text}\n"""\n`;
  const both = "The crane C1 cannot turn any further\nand later\nThe gate G1 does not open at low tide";
  const samples = [sample("crane", both), sample("crane", both.replace("C1", "C2")), sample("gate", "The gate G2 does not open at low tide")].join("\n");
  const file = (name, content) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
  await page.locator("#open").setInputFiles([file("en.md", pageText), file("samples.toml", samples)]);
  const heat = page.locator("#cross table");
  await heat.waitFor();
  assert.equal(await page.locator("#cross li").count(), 2);
  assert.deepEqual(await heat.locator("tbody th").allTextContents(), ["harbour/crane"]);
  assert.deepEqual(await heat.locator("thead th").allTextContents(), ["Samples of", "harbour/gate"]);
  assert.equal(await heat.locator("td.heat-2").textContent(), "2");
  assert.deepEqual(complaints, []);
  await page.context().close();
});
