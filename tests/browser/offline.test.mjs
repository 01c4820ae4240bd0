// The page without a network: from its worker with the server gone, and as one file from disk.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { dist, launch, open, paste, run, speak, serve, until } from "./harness.mjs";

const MISSING = "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".edc": "application/octet-stream", ".svg": "image/svg+xml" };

let browser;
let say;

before(async () => {
  run(["build"]);
  browser = await launch();
  const site = await serve("--port", "0");
  say = await speak(site.url);
  await site.stop();
});
after(() => browser?.close());

/** A site in a folder of its own, so that it can change and go away. Like some hosts, it keeps index.html from sight. */
async function host(context) {
  const folder = mkdtempSync(join(tmpdir(), "error-diagnoser-offline-"));
  cpSync(dist, folder, { recursive: true });
  const asked = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://x");
    if (pathname.endsWith("/index.html")) {
      response.writeHead(301, { location: pathname.replace(/index\.html$/, "") }).end();
      return;
    }
    const path = pathname.replace(/\/$/, "/index.html");
    asked.push(path);
    try {
      const body = readFileSync(join(folder, path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "cache-control": "no-cache" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  context.after(async () => {
    if (server.listening) await stop();
    rmSync(folder, { recursive: true });
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    asked,
    change: (path, by) => writeFileSync(join(folder, path), by(readFileSync(join(folder, path), "utf8"))),
    stop,
  };
}

test("loaded once, it works with the server gone, in every language", async (context) => {
  const site = await host(context);
  const opened = await open(browser, site.url);
  const { page, answers } = opened;
  await site.stop();
  await page.reload();
  for (const [lang, cause] of [["nl", "Oorzaak"], ["sv", "Orsak"], ["ko", "원인"], ["en", "Cause"]]) {
    await page.locator("#language").selectOption(lang);
    await paste(opened, MISSING);
    await answers.first().getByRole("heading", { name: cause, exact: true }).waitFor();
  }
  assert.deepEqual(opened.complaints, []);
  await page.context().close();
});

test("a newer version waits, is offered over an empty box only, and is used when the reader says so", async (context) => {
  const site = await host(context);
  const opened = await open(browser, site.url);
  const { page, answers, box } = opened;
  const { createHash } = await import("node:crypto");
  site.change("style.css", (text) => `${text}\n/* newer */\n`);
  const hash = createHash("sha256").update(readFileSync(join(dist, "style.css"), "utf8") + "\n/* newer */\n").digest("hex");
  site.change("sw.js", (text) => text.replace(/"style\.css": "[0-9a-f]+"/, `"style.css": "${hash}"`));
  await page.reload();
  await paste(opened, MISSING);
  await answers.first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()));
  await until(page, async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
  assert.ok(!(await page.getByText(say("page.update")).isVisible()), "not over a paste");
  assert.equal(await box.inputValue(), MISSING);
  await box.fill("");
  await page.getByText(say("page.update")).waitFor();
  const reloaded = page.waitForEvent("load");
  await page.getByRole("button", { name: say("page.update.use") }).click();
  await reloaded;
  const style = await page.evaluate(() => fetch("./style.css").then((response) => response.text()));
  assert.ok(style.includes("newer"));
  await page.context().close();
});

test("a release that is not whole is not installed", async (context) => {
  const site = await host(context);
  site.change("sw.js", (text) => text.replace(/"style\.css": "[0-9a-f]+"/, `"style.css": "${"0".repeat(64)}"`));
  const profile = await browser.newContext();
  const page = await profile.newPage();
  await page.goto(site.url, { waitUntil: "networkidle" });
  await page.waitForTimeout(1000);
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return { active: Boolean(registration?.active), waiting: Boolean(registration?.waiting) };
  });
  assert.deepEqual(state, { active: false, waiting: false });
  await profile.close();
});

test("an empty list frees every earlier release", async (context) => {
  const site = await host(context);
  const opened = await open(browser, site.url);
  const { page } = opened;
  site.change("sw.js", (text) => text.replace(/const FILES = \{[^}]*\};/, "const FILES = {};"));
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()));
  await until(page, async () => (await caches.keys()).length === 0 && !(await navigator.serviceWorker.getRegistration()));
  site.asked.length = 0;
  await page.reload();
  assert.ok(site.asked.includes("/index.html"), "the network answers again");
  await page.context().close();
});

test("as one file from disk it answers in every language, and asks nothing of anyone", async () => {
  const file = pathToFileURL(join(dist, "error-diagnoser.html")).href;
  const opened = await open(browser, file, { offline: true });
  const { page, answers, requests } = opened;
  for (const [lang, cause] of [["nl", "Oorzaak"], ["sv", "Orsak"], ["ko", "원인"], ["en", "Cause"]]) {
    await page.locator("#language").selectOption(lang);
    await paste(opened, MISSING);
    await answers.first().getByRole("heading", { name: cause, exact: true }).waitFor();
    assert.match(await answers.first().innerText(), /cpu-high/);
  }
  assert.ok((await page.locator("#samples button").count()) > 0, "with its examples");
  assert.deepEqual(requests.filter((url) => url !== file && !url.startsWith("data:")), []);
  const policy = await page.locator("meta[http-equiv]").getAttribute("content");
  assert.match(policy, /connect-src 'none'/);
  assert.ok(!policy.includes("unsafe-inline"));
  assert.ok(!(await page.getByText(say("page.download")).isVisible()), "nothing to download");
  assert.deepEqual(opened.complaints, []);
  await page.context().close();
});

test("what is shared to the installed page is read once, and stays out of its address", async (context) => {
  const site = await host(context);
  const opened = await open(browser, site.url);
  const { page, answers, box } = opened;
  await page.reload();
  const landed = await page.evaluate(async (text) => {
    const data = new FormData();
    data.set("text", text);
    const response = await fetch("./share", { method: "POST", body: data });
    await response.text();
    return response.url;
  }, MISSING);
  assert.equal(new URL(landed).pathname, "/");
  assert.ok(!landed.includes("cpu-high"));
  await page.goto(`${site.url}#shared`);
  await page.reload();
  await answers.first().getByText("cpu-high").first().waitFor();
  assert.equal(await box.inputValue(), MISSING);
  assert.equal(new URL(page.url()).hash, "");
  assert.deepEqual(opened.complaints, []);
  await page.context().close();
});
