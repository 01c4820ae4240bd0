// Pictures of the page in each of its states, to look at:
//
//     node tests/browser/screenshots.mjs FOLDER [NAME…]

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { launch, open, serve } from "./harness.mjs";

const pastes = {
  answer: "2021-03-04 11:27:43 ERROR Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.",
  question: "HttpRequestFailure: Server returned: 401 Unauthorized",
  none: "ORA-01017: invalid username/password; logon denied",
  closest: "someone deleted our itsm connector and now alerts complain",
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
];

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
  if (paste) {
    await box.fill(paste);
    // The answer waits for a pause in typing.
    await page.waitForTimeout(800);
  }
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: names.length === 0 });
  await page.context().close();
  console.log(name);
}
await browser.close();
await server.stop();
