// How a text gets in: pasted or dropped anywhere, from files of any kind, and what is said of those that are no text.

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
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

const chooser = (page) => page.locator('input[type="file"]');
const file = (name, content) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });

test("pasted anywhere on the page, it is answered, and focus stays where it is", async () => {
  const { page, answers, box } = opened;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), MISSING);
  const download = page.getByRole("link", { name: say("page.download") });
  await download.focus();
  await page.keyboard.press("ControlOrMeta+V");
  await answers.first().getByText("cpu-high").first().waitFor();
  assert.equal(await box.inputValue(), MISSING);
  assert.ok(await download.evaluate((link) => link === document.activeElement));
});

test("a paste into a field of the page's own is left to that field", async () => {
  const { page, answers } = opened;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), MISSING);
  await page.locator("#filter").focus();
  await page.keyboard.press("ControlOrMeta+V");
  assert.equal(await page.locator("#filter").inputValue(), MISSING);
  assert.equal(await answers.count(), 0);
});

test("files: plain, gzip, UTF-16, several at once", async () => {
  const { page, answers, box } = opened;
  await chooser(page).setInputFiles(file("a.log", MISSING));
  await answers.first().getByText("cpu-high").first().waitFor();
  await chooser(page).setInputFiles(file("b.log.gz", gzipSync(MISSING.replace("cpu-high", "disk-full"))));
  await answers.first().getByText("disk-full").first().waitFor();
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(MISSING.replace("cpu-high", "net-down"), "utf16le")]);
  await chooser(page).setInputFiles(file("c.txt", wide));
  await answers.first().getByText("net-down").first().waitFor();
  await chooser(page).setInputFiles([file("one.log", "fine\n"), file("two.log", MISSING)]);
  await answers.first().getByText("cpu-high").first().waitFor();
  assert.equal(await box.inputValue(), `==> one.log <==\nfine\n\n==> two.log <==\n${MISSING}`);
});

test("dropped on the page, a file is read", async () => {
  const { page, answers } = opened;
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.log", { type: "text/plain" }));
    const over = new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector("footer").dispatchEvent(over);
    if (!over.defaultPrevented) throw new Error("the page does not take it");
    document.querySelector("footer").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, MISSING);
  await answers.first().getByText("cpu-high").first().waitFor();
});

test("what is no text is said so by name, and the page goes on", async () => {
  const { page, answers } = opened;
  await chooser(page).setInputFiles(file("photo.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])));
  await page.getByText(say("intake.binary", { file: "photo.png" })).first().waitFor();
  await chooser(page).setInputFiles(file("empty.log", " \n"));
  await page.getByText(say("intake.empty", { file: "empty.log" })).first().waitFor();
  await chooser(page).setInputFiles(file("cut.gz", gzipSync(MISSING.repeat(50)).subarray(0, 40)));
  await page.getByText(say("intake.unreadable", { file: "cut.gz" })).first().waitFor();
  await paste(opened, MISSING);
  await answers.first().getByText("cpu-high").first().waitFor();
});

test("a file too long for the box is answered beside it, and can be cleared and brought back", async () => {
  const { page, answers, box } = opened;
  const log = `${"2024-01-01 INFO nothing to see here, move along\n".repeat(30_000)}${MISSING}\n`;
  await chooser(page).setInputFiles(file("long.log", log));
  await answers.first().getByText("cpu-high").first().waitFor();
  await page.getByText("long.log").waitFor();
  assert.ok(!(await box.isVisible()));
  await page.locator('.marked .line[data-line="30000"]').waitFor();
  assert.ok((await page.locator(".marked .line").count()) < 20);
  await page.getByRole("button", { name: say("box.clear"), exact: true }).click();
  assert.ok(await box.isVisible());
  await page.getByRole("button", { name: say("box.restore") }).click();
  await answers.first().getByText("cpu-high").first().waitFor();
});

test("reading shows how far it is and can be stopped", async () => {
  const { page, answers } = opened;
  // A file that comes slowly: a stream that waits.
  await page.evaluate(() => {
    const slow = new File(["x".repeat(100)], "slow.log");
    slow.stream = () =>
      new ReadableStream({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          controller.enqueue(new TextEncoder().encode("xxxxx\n"));
        },
      });
    void document.querySelector("error-diagnoser").read([slow]);
  });
  await page.getByText(say("reading.file", { file: "slow.log", percent: 12 })).waitFor();
  await page.getByRole("button", { name: say("cancel") }).click();
  await page.getByRole("heading", { name: say("empty.title") }).waitFor();
  await paste(opened, MISSING);
  await answers.first().getByText("cpu-high").first().waitFor();
});

test("a clear can be undone", async () => {
  const { page, answers, box } = opened;
  await paste(opened, MISSING);
  await answers.first().waitFor();
  await page.getByRole("button", { name: say("box.clear"), exact: true }).click();
  assert.equal(await box.inputValue(), "");
  assert.equal(await answers.count(), 0);
  await page.keyboard.press("Enter");
  assert.equal(await box.inputValue(), MISSING, "the focus was on the way back");
  await answers.first().getByText("cpu-high").first().waitFor();
  await page.getByRole("button", { name: say("box.clear"), exact: true }).click();
  await box.fill("something else");
  assert.ok(!(await page.getByRole("button", { name: say("box.restore") }).isVisible()), "typing on gives it up");
});
