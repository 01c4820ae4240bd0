// Pictures of the page in each of its states, to look at:
//
//     node tests/browser/screenshots.mjs FOLDER [NAME…]

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { launch, open, serve } from "./harness.mjs";

const pastes = {
  answer: "2021-03-04 11:27:43 ERROR Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.",
  question: "HttpRequestFailure: Server returned: 401 Unauthorized",
  unfolded: "2021-03-04 11:27:43 ERROR Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.",
  none: "ORA-01017: invalid username/password; logon denied",
  closest: "someone deleted our itsm connector and now alerts complain",
  cause: "Something went wrong. Could not get connection details.",
  several: "Okta: HttpRequestFailure: Server returned: 404 Not Found\nUser Not Authenticated\nOffice 365: SocketTimeoutException: Read timed out",
};
const wide = { width: 1280, height: 900 };
const narrow = { width: 360, height: 780 };
const states = [
  ["empty", "en", "light", wide],
  ["answer", "en", "light", wide],
  ["answer-narrow", "en", "light", narrow],
  ["answer-dark", "nl", "dark", wide],
  ["answer-korean", "ko", "light", wide],
  ["several-korean-narrow", "ko", "dark", narrow],
  ["question-swedish", "sv", "light", wide],
  ["none", "en", "light", wide],
  ["closest", "en", "dark", wide],
  ["several", "en", "light", wide],
  ["cause-narrow", "sv", "light", narrow],
  ["reading", "en", "light", wide],
  ["reading-narrow-dark", "ko", "dark", narrow],
  ["long", "en", "light", wide],
  ["long-narrow", "nl", "dark", narrow],
  ["unfolded-dark", "sv", "dark", wide],
];
/** States that no paste alone leads to. */
const files = {
  // A file that comes slowly, and is too long to be held.
  reading: `
    const slow = new File(["x".repeat(3_000_000)], "server.log");
    let times = 0;
    slow.stream = () => times++ === 0 ? Blob.prototype.stream.call(slow) : new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 40));
        controller.enqueue(new TextEncoder().encode("2024-01-01 INFO all is well\\n".repeat(4000)));
      },
    });
    void document.querySelector("error-diagnoser").read([slow]);`,
  long: `
    const ticks = (count) => "2024-01-01 12:00:00 INFO [worker-7] 200 OK in 37 ms\\n".repeat(count);
    const error = "2024-01-01 12:00:01 ERROR Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.\\n";
    const other = "2024-01-01 12:00:02 WARN User Not Authenticated\\n";
    const text = [...Array(40).keys()].flatMap((nth) => [ticks(900 + 37 * nth), error, nth % 3 === 0 ? ticks(700) + other : ""]);
    void document.querySelector("error-diagnoser").read([new File(text, "server.log")]);`,
};

const [folder, ...names] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node tests/browser/screenshots.mjs FOLDER [NAME…]");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const server = await serve();
const browser = await launch();
for (const [name, locale, colorScheme, viewport] of states) {
  if (names.length > 0 && !names.includes(name)) continue;
  const { page, box } = await open(browser, server.url, { locale, colorScheme, viewport });
  const paste = pastes[name.split("-")[0]];
  const file = files[name.split("-")[0]];
  if (file) {
    await page.evaluate(file);
    await page.waitForTimeout(800);
  }
  if (paste) {
    await box.fill(paste);
    // The answer waits for a pause in typing.
    await page.waitForTimeout(800);
  }
  if (name.startsWith("unfolded")) {
    for (const summary of await page.locator("article summary").all()) await summary.click();
    await page.waitForTimeout(200);
  }
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: names.length === 0 });
  await page.context().close();
  console.log(name);
}
await browser.close();
await server.stop();
