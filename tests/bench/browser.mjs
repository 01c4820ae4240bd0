// Measures in headless Chromium; writes out/browser.json. tests/bench/run calls it; alone it runs on what dist/ holds:
//
//     node tests/bench/browser.mjs [--quick|--full|--cold]
//
// --cold measures only the way from navigation to the first answer.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { launch } from "../browser/harness.mjs";
import { catalog, log, messages } from "./generate.mjs";
import { quantile } from "./measure.mjs";
import { serve } from "./server.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const MB = 1_000_000;

const EXTENTS = {
  cold: { rounds: 11, sizes: [], file: 0, budget: 0 },
  quick: { rounds: 3, sizes: [1000], file: 5 * MB, budget: 300 },
  usual: { rounds: 7, sizes: [1000, 10_000], file: 50 * MB, budget: 1000 },
  full: { rounds: 15, sizes: [100, 1000, 10_000, 100_000], file: 100 * MB, budget: 2000 },
};

/** How long one page may be busy before it is given up, in milliseconds. */
const LIMIT = 90_000;

/** What the text is that both pages answer: a message of the project's own catalog, in a log line. */
const PASTE = "11:27:03 ERROR [sync] Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";

/** Networks: none to speak of, and a middling mobile one. */
const NETWORKS = {
  local: null,
  "10 Mbit/s, 40 ms": { offline: false, latency: 40, downloadThroughput: 1.25 * MB, uploadThroughput: 1.25 * MB },
};

const PAGES = { engine: "/", minisearch: "/bench/plain/" };

/** From navigation to the first answer, in new profiles, both pages by turns. */
async function coldStarts(browser, server, rounds) {
  const starts = [];
  for (const [network, conditions] of Object.entries(NETWORKS)) {
    const times = { engine: [], minisearch: [] };
    const asked = {};
    for (let round = 0; round < rounds; round += 1) {
      for (const [who, path] of Object.entries(PAGES)) {
        server.asked.length = 0;
        const { time, loaded } = await coldStart(browser, server.url + path, conditions);
        times[who].push(time);
        // What the page's worker fetches afterwards is not needed for an answer.
        asked[who] = server.asked.filter(({ path: file }, nth, all) => loaded.includes(file) && all.findIndex((one) => one.path === file) === nth);
      }
    }
    for (const who of Object.keys(PAGES)) {
      // Redaction, and the words for what is taken along, are on their way by then, so that a report asks for nothing; no
      // answer waits for them.
      const files = asked[who].filter(({ path }) => !/favicon\.ico$|_redact|\/written\.js$/.test(path));
      const sum = (of) => files.reduce((bytes, file) => bytes + file[of], 0);
      const [median, p95] = [quantile(times[who], 0.5), quantile(times[who], 0.95)];
      if (process.env.LIST) console.error(files);
      starts.push({ kind: "cold", who, network, median, p95, files: files.length, raw: sum("raw"), brotli: sum("sent") });
    }
  }
  return starts;
}

async function coldStart(browser, url, conditions) {
  const context = await browser.newContext();
  const page = await context.newPage();
  if (conditions) {
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", conditions);
  }
  await page.addInitScript((paste) => {
    // Pastes as soon as there is a box, and sees the answer as soon as it stands in the page.
    let pasted = false;
    const watch = setInterval(() => {
      const element = document.querySelector("error-diagnoser");
      const root = element ? element.shadowRoot : document;
      const box = root?.querySelector("textarea");
      if (box && !pasted) {
        pasted = true;
        if (element) element.diagnose(paste);
        else box.value = paste;
      }
      if (pasted && root.querySelector("article")) {
        clearInterval(watch);
        globalThis.answered = performance.now();
      }
    }, 2);
  }, PASTE);
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.answered, null, { timeout: 30_000, polling: 20 });
  const measured = await page.evaluate(() => ({
    time: globalThis.answered,
    loaded: performance
      .getEntries()
      .filter(({ entryType, startTime }) => ["navigation", "resource"].includes(entryType) && startTime <= globalThis.answered)
      .map(({ name }) => new URL(name).pathname),
  }));
  await context.close();
  return measured;
}

/** Runs in a page of its own; what takes too long is given up. */
async function inPage(browser, server, run, argument) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}/bench/blank.html`);
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(() => resolve({ over: LIMIT }), LIMIT)));
  try {
    return await Promise.race([page.evaluate(run, argument), late]);
  } catch (error) {
    return { failed: String(error.message).split("\n")[0] };
  } finally {
    clearTimeout(timer);
    await context.close();
  }
}

/** The readers, in the page. */
async function throughput({ entries, budget, who }) {
  const { measure, linePrefix } = await import("/bench/measure.mjs");
  const bytes = new Uint8Array(await (await fetch(`/log-${entries}`)).arrayBuffer());
  const source = `/catalog-${entries}.json`;
  if (who === "engine") {
    const { load } = await import("/engine.js");
    const engine = await load({ catalog: new URL(source, location.href) });
    const text = new TextDecoder().decode(bytes);
    const { median } = await measure(() => engine.diagnose(text, {}), { budget });
    return { mbps: bytes.length / 1e3 / median };
  }
  const alternatives = await import("/bench/alternatives.mjs");
  const tool = alternatives[who].build(await (await fetch(source)).json());
  // A loop over expressions takes the same for every byte.
  const isLoop = who.endsWith("egexps");
  const size = isLoop ? Math.min(bytes.length, 20_000_000 / entries) : bytes.length;
  // Only whole lines; which of them hold what is not asked here.
  const { part } = linePrefix({ bytes, planted: new Int32Array(0) }, size);
  const text = new TextDecoder().decode(part);
  const { median } = await measure(() => tool.scan(text), { budget });
  return { mbps: part.length / 1e3 / median, read: part.length };
}

/** A big file in the page: its longest task, how fast, how much memory, how soon it stops. */
async function bigFile({ entries }) {
  const { load } = await import("/engine.js");
  const engine = await load({ catalog: new URL(`/catalog-${entries}.json`, location.href) });
  const blob = await (await fetch("/file")).blob();
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ entryTypes: ["longtask"] });
  const settled = () => new Promise((resolve) => setTimeout(resolve, 200));
  await settled();
  tasks.length = 0;
  const wasm = async () => (await (await import("/error_diagnoser.js")).default()).memory.buffer.byteLength;
  const hasScan = typeof engine.scan === "function";
  // Without slices all that can be measured is how long one call holds the page, on a tenth of the file.
  const source = hasScan ? blob : await blob.slice(0, blob.size / 10).text();
  let reports = 0;
  const from = performance.now();
  await (hasScan ? engine.scan(source, { onprogress: () => (reports += 1) }) : engine.diagnose(source, {}));
  const time = performance.now() - from;
  await settled();
  const read = hasScan ? blob.size : source.length;
  const measured = {
    hasScan,
    read,
    mbps: read / 1e3 / time,
    longest: Math.max(0, ...tasks),
    longTasks: tasks.length,
    reports,
    wasm: await wasm(),
    heap: performance.memory?.usedJSHeapSize ?? null,
  };
  if (!hasScan) return measured;
  const cancels = [];
  for (let nth = 0; nth < 5; nth += 1) {
    const controller = new AbortController();
    const scan = engine.scan(blob, { signal: controller.signal }).then(() => null, () => performance.now());
    await new Promise((resolve) => setTimeout(resolve, 40 + 35 * nth));
    const aborted = performance.now();
    controller.abort();
    const stopped = await scan;
    if (stopped !== null) cancels.push(stopped - aborted);
  }
  return { ...measured, cancel: cancels.length > 0 ? Math.max(...cancels) : null };
}

async function measureAll(extent) {
  const { rounds, sizes, file, budget } = EXTENTS[extent];
  const server = await serve();
  server.add("/bench/blank.html", Buffer.from("<!doctype html><title>measuring</title>"));
  const browser = await launch();
  try {
    const points = await coldStarts(browser, server, rounds);
    for (const point of points) console.error(`cold start ${point.who}, ${point.network}: ${point.median.toFixed(0)} ms, ${point.files} files, ${point.brotli} bytes`);
    for (const entries of sizes) {
      const made = messages(entries);
      server.add(`/catalog-${entries}.json`, Buffer.from(JSON.stringify(catalog(made.messages))));
      server.add(`/log-${entries}`, Buffer.from(log(made, MB).bytes));
      for (const who of ["engine", "tokens", "plainTokens", "regexps", "plainRegexps", "looseRegexps"]) {
        const result = await inPage(browser, server, throughput, { entries, budget, who });
        points.push({ kind: "scan", who, entries, bytes: MB, ...result });
        console.error(`scan ${who}, ${entries} entries: ${JSON.stringify(result)}`);
      }
    }
    if (file === 0) return { version: browser.version(), points };
    server.add("/file", Buffer.from(log(messages(1000), file).bytes));
    const result = await inPage(browser, server, bigFile, { entries: 1000 });
    points.push({ kind: "file", who: "engine", entries: 1000, bytes: file, ...result });
    console.error(`big file: ${JSON.stringify(result)}`);
    return { version: browser.version(), points };
  } finally {
    await browser.close();
    server.stop();
  }
}

const extent = process.argv[2]?.replace("--", "") ?? "usual";
if (!(extent in EXTENTS)) {
  console.error("usage: node browser.mjs [--quick|--full|--cold]");
  process.exit(2);
}
mkdirSync(join(here, "out"), { recursive: true });
const { version, points } = await measureAll(extent);
writeFileSync(join(here, "out/browser.json"), JSON.stringify({ version, points }, null, 1));
