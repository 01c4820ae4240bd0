// What happens under load: no growth, no slowdown, no lost answer. Prints a table; exit status 1 when a row does not hold.
//
//     node tests/faults/load.mjs [ROW…]     some minutes; rows: pastes, file, catalogs, widgets, day
//
// The page is the built one, in Chromium; memory is what is left after a collection. All rows together write load.md.

import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";

import { launch, run } from "../browser/harness.mjs";
import { MISSING, catalog, portal, ready, stage, strike, texts, visit } from "./stage.mjs";

const MIB = 2 ** 20;
const rows = [];
const wanted = process.argv.slice(2);
let browser;

function row(what, holds, told) {
  rows.push([what, holds ? "holds" : "BROKEN", told]);
  console.error(`${holds ? "holds " : "BROKEN"} ${what}: ${told}`);
}

/** What a page holds, after everything that can be thrown away was. */
async function measure(visited) {
  const session = await visited.context.newCDPSession(visited.page);
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  const of = (name) => metrics.find((one) => one.name === name).value;
  const wasm = await visited.page.evaluate(async () => {
    const glue = await import("./error_diagnoser.js");
    return (await glue.default()).memory.buffer.byteLength;
  });
  return { heap: of("JSHeapUsedSize"), nodes: of("Nodes"), listeners: of("JSEventListeners"), wasm };
}

/** The same, once the page has made in its idle time what later answers need. */
async function rested(visited) {
  let last = await measure(visited);
  for (let same = 0; same < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const now = await measure(visited);
    same = now.wasm === last.wasm ? same + 1 : 0;
    last = now;
  }
  return last;
}

const mib = (bytes) => `${(bytes / MIB).toFixed(1)} MiB`;

/** Pastes texts one after the other, and gives the milliseconds that each took and how many were answered. */
function pasteAll(visited, from, count) {
  return visited.page.evaluate(
    ([missing, from, count]) => {
      const widget = document.querySelector("error-diagnoser");
      const times = [];
      let answered = 0;
      for (let nth = from; nth < from + count; nth++) {
        const start = performance.now();
        widget.diagnose(`${nth} INFO before it\n${missing.replace("cpu-high", `alert-${nth}`)}\nat x.y(z.java:${nth})`);
        times.push(performance.now() - start);
        if (widget.shadowRoot.querySelector("article")?.textContent.includes(`alert-${nth}`)) answered++;
      }
      return { time: times.reduce((sum, one) => sum + one, 0) / count, answered };
    },
    [MISSING, from, count],
  );
}

async function pastes() {
  const site = await stage();
  const visited = await visit(browser, site.url);
  await ready(visited);
  await pasteAll(visited, 0, 200);
  const before = await rested(visited);
  const first = await pasteAll(visited, 1000, 1000);
  for (let nth = 2; nth < 9; nth++) await pasteAll(visited, nth * 1000, 1000);
  const last = await pasteAll(visited, 9000, 1000);
  const after = await measure(visited);
  const ratio = last.time / first.time;
  const isWell = first.answered + last.answered === 2000 && ratio < 1.3 && after.heap < before.heap * 1.5 + 5 * MIB && after.wasm === before.wasm;
  row("10,000 pastes in a row", isWell, `first thousand ${first.time.toFixed(2)} ms each, last ${last.time.toFixed(2)} ms (× ${ratio.toFixed(2)}); ${first.answered + last.answered} of 2,000 answered; heap ${mib(before.heap)} → ${mib(after.heap)}, wasm ${mib(before.wasm)} → ${mib(after.wasm)}, nodes ${before.nodes} → ${after.nodes}`);
  const large = await visited.page.evaluate(async (missing) => {
    const { load } = await import("./engine.js");
    const diagnoser = await load();
    const line = "2024-01-01T00:00:00Z INFO all is well with request 4711 of the day\n";
    const text = `${line.repeat(8000)}${missing}\n${line.repeat(8000)}`;
    let found = 0;
    for (let nth = 0; nth < 200; nth++) found += diagnoser.diagnose(text).diagnoses.length;
    return found;
  }, MISSING);
  const end = await measure(visited);
  row("200 pastes of 1 MiB", large === 200 && end.heap < after.heap * 1.5 + 5 * MIB && end.wasm < 64 * MIB, `${large} answered; heap ${mib(after.heap)} → ${mib(end.heap)}, wasm ${mib(after.wasm)} → ${mib(end.wasm)}`);
}

async function file() {
  const folder = mkdtempSync(join(tmpdir(), "error-diagnoser-load-"));
  const path = join(folder, "big.log");
  const out = createWriteStream(path);
  const line = "2024-01-01T00:00:00Z INFO all is well with request 4711 of the day\n".repeat(1000);
  let size = 0;
  while (size < 100 * MIB) {
    const piece = `${line}${MISSING}\n`;
    if (!out.write(piece)) await once(out, "drain");
    size += piece.length;
  }
  out.end();
  await once(out, "close");
  const site = await stage();
  const visited = await visit(browser, site.url);
  visited.context.setDefaultTimeout(120_000);
  await ready(visited);
  const before = await measure(visited);
  await visited.page.evaluate(() => {
    window.long = [];
    new PerformanceObserver((list) => window.long.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ["longtask"] });
  });
  const chooser = visited.page.locator("error-diagnoser input[type=file]");
  const start = performance.now();
  await chooser.setInputFiles(path);
  await visited.page.locator("progress").waitFor();
  const soFar = await visited.page.locator(".so-far:not(:empty)").innerText();
  await visited.answers.first().waitFor();
  const seconds = (performance.now() - start) / 1000;
  const long = await visited.page.evaluate(() => window.long);
  const after = await measure(visited);
  const places = size / (line.length + MISSING.length + 1);
  const isCounted = (await visited.answers.first().innerText()).includes(`Found ${places.toLocaleString("en")} times`);
  const worst = Math.max(0, ...long);
  row("a file of 100 MiB", isCounted && /\d/.test(soFar) && after.heap < 30 * MIB && after.wasm < 64 * MIB, `answered in ${seconds.toFixed(1)} s (${(size / MIB / seconds).toFixed(0)} MiB/s), each of ${places.toLocaleString("en")} places counted, with progress ("${soFar.trim()}"); heap ${mib(before.heap)} → ${mib(after.heap)}, wasm ${mib(before.wasm)} → ${mib(after.wasm)}; longest task ${worst.toFixed(0)} ms, ${long.filter((one) => one > 50).length} over 50 ms`);
  await visited.page.evaluate(() => document.querySelector("error-diagnoser").clear());
  await chooser.setInputFiles(path);
  const stop = visited.page.getByRole("button", { name: texts()("cancel") });
  await stop.waitFor();
  const late = await stop.evaluate(async (button) => {
    const root = button.getRootNode();
    const from = performance.now();
    button.click();
    while (!root.querySelector(".empty")) await new Promise((resolve) => setTimeout(resolve));
    return performance.now() - from;
  });
  row("stopping it", late < 500, `stopped after ${late.toFixed(0)} ms`);
  rmSync(folder, { recursive: true });
}

/** A catalog of so many entries, as a program would write it. */
function large(entries) {
  const words = ["backup", "queue", "token", "mailbox", "licence", "replica", "schema", "tunnel", "volume", "worker", "index", "gateway"];
  const one = (nth) => ({
    id: `load/entry-${nth}`,
    product: "load",
    messages: [{ lang: "en", text: `The ${words[nth % 12]} ${words[(nth * 7 + 3) % 12]} number x${nth}z could not be opened by {user}` }],
    texts: { en: { title: `Entry ${nth}`, situations: [{ when: null, cause: [{ text: "It is closed." }], steps: [[{ text: "Open it." }]] }] } },
  });
  return { format: 1, products: [{ id: "load", titles: { en: "Load" } }], apps: [], entries: Array.from({ length: entries }, (_, nth) => one(nth)) };
}

async function catalogs() {
  const nest = (depth) => {
    let inner = [{ text: "x" }];
    for (let nth = 0; nth < depth; nth++) inner = [{ strong: inner }];
    return inner;
  };
  const small = (change) => {
    const made = large(3);
    change(made.entries[1]);
    return JSON.stringify(made);
  };
  const sized = (bytes) => {
    const json = JSON.stringify(large(3));
    return json + " ".repeat(bytes - json.length);
  };
  const messages = (count) => small((entry) => (entry.messages = Array.from({ length: count }, (_, nth) => ({ lang: "en", text: `Number ${nth} of the volume broke` }))));
  const message = (length) => small((entry) => (entry.messages[0].text = "long ".repeat(1000).slice(0, length)));
  const cases = [
    ["100,000 entries", JSON.stringify(large(100_000)), JSON.stringify(large(100_001)), "too-many-entries"],
    ["64 MiB", sized(64 * MIB), sized(64 * MIB + 1), "larger than"],
    ["20 messages", messages(20), messages(21), "too-many-messages"],
    ["4 KiB a message", message(4096), message(4097), "message-too-long"],
    ["nesting 32", small((entry) => (entry.texts.en.situations[0].cause = nest(32))), small((entry) => (entry.texts.en.situations[0].cause = nest(33))), "too-deep"],
  ];
  for (const [what, at, past, said] of cases) {
    const told = [];
    let isWell = true;
    for (const [json, isPast] of [[at, false], [past, true]]) {
      const site = await stage({ spoil: { "portal.html": portal({ body: '<error-diagnoser catalog="./own.json"></error-diagnoser>' }), "own.json": json } });
      const start = performance.now();
      const visited = await visit(browser, `${site.url}portal.html`);
      visited.context.setDefaultTimeout(60_000);
      await visited.widget.locator(".empty, .failure, .left-out").first().waitFor();
      const seconds = (performance.now() - start) / 1000;
      const text = await visited.page.evaluate(() => document.querySelector("error-diagnoser").shadowRoot.querySelector(".answer").textContent);
      isWell &&= text.includes(said) === isPast;
      if (!isPast) {
        const nth = what.startsWith("100") ? 77_777 : 2;
        const sentence = large(nth + 1).entries[nth].messages[0].text.replace("{user}", "ann");
        const time = await visited.page.evaluate((sentence) => {
          const start = performance.now();
          document.querySelector("error-diagnoser").diagnose(sentence);
          return performance.now() - start;
        }, sentence);
        await visited.answers.first().getByText(`Entry ${nth}`).first().waitFor();
        const held = await measure(visited);
        told.push(`at it ready in ${seconds.toFixed(1)} s, a paste ${time.toFixed(0)} ms, heap ${mib(held.heap)}, wasm ${mib(held.wasm)}`);
      } else {
        told.push(`one past it: ${said}`);
      }
      await strike();
    }
    row(`a catalog: ${what}`, isWell, told.join("; "));
  }
}

async function widgets() {
  const body = "<error-diagnoser></error-diagnoser>".repeat(10);
  const site = await stage({ spoil: { "portal.html": portal({ body }) } });
  const start = performance.now();
  const visited = await visit(browser, `${site.url}portal.html`);
  await visited.page.waitForFunction(() => [...document.querySelectorAll("error-diagnoser")].every((one) => one.shadowRoot?.querySelector(".empty")));
  const seconds = (performance.now() - start) / 1000;
  const answered = await visited.page.evaluate((missing) => {
    const all = [...document.querySelectorAll("error-diagnoser")];
    all.forEach((one, nth) => one.diagnose(missing.replace("cpu-high", `alert-${nth}`)));
    return all.filter((one, nth) => one.shadowRoot.querySelector("article")?.textContent.includes(`alert-${nth}`)).length;
  }, MISSING);
  const held = await measure(visited);
  const loads = site.asked.filter(({ path }) => path.endsWith(".wasm") || path === "catalog.json").length;
  row("ten widgets on a page", answered === 10 && loads === 2, `ready in ${seconds.toFixed(1)} s, ${answered} answered, engine and catalog fetched ${loads / 2} time; heap ${mib(held.heap)}, wasm ${mib(held.wasm)}`);
}

async function day() {
  const site = await stage();
  const visited = await visit(browser, site.url);
  await ready(visited);
  const messages = catalog().entries.map(({ messages }) => messages[0].text);
  const hour = (nth) =>
    visited.page.evaluate(
      async ([messages, nth]) => {
        const widget = document.querySelector("error-diagnoser");
        const language = document.querySelector("#language");
        const pause = () => new Promise((resolve) => setTimeout(resolve, 0));
        const start = performance.now();
        let lost = 0;
        for (let turn = 0; turn < 120; turn++) {
          const message = messages[(nth * 120 + turn) % messages.length];
          widget.diagnose(message);
          if (!widget.shadowRoot.querySelector("article, .closest")) lost++;
          for (const one of widget.shadowRoot.querySelectorAll(".answer summary, .answer button:not(.copy)")) one.click();
          widget.clear();
          widget.entry = turn % 2 ? "itsmc/missing-connector" : "";
          if (turn % 10 === 0) {
            language.value = ["en", "nl", "sv", "ko"][(turn / 10) % 4];
            language.dispatchEvent(new Event("change"));
            await pause();
          }
        }
        language.value = "en";
        language.dispatchEvent(new Event("change"));
        await pause();
        return { time: performance.now() - start, lost };
      },
      [messages, nth],
    );
  await visited.page.evaluate(() => (window.print = () => 0));
  const hours = [await hour(0)];
  const before = await rested(visited);
  for (let nth = 1; nth < 24; nth++) hours.push(await hour(nth));
  const after = await measure(visited);
  const lost = hours.reduce((sum, one) => sum + one.lost, 0);
  const mean = (some) => some.reduce((sum, one) => sum + one.time, 0) / some.length;
  const ratio = mean(hours.slice(-4)) / mean(hours.slice(1, 5));
  const isWell = lost === 0 && ratio < 1.3 && after.heap < before.heap * 1.5 + 5 * MIB && after.nodes < before.nodes * 1.5 && after.listeners < before.listeners * 1.5 && after.wasm === before.wasm;
  row("a tab for a simulated day", isWell, `24 × 120 pastes, every button, four languages: last hours × ${ratio.toFixed(2)} of the first, ${lost} answers lost; heap ${mib(before.heap)} → ${mib(after.heap)}, nodes ${before.nodes} → ${after.nodes}, listeners ${before.listeners} → ${after.listeners}, wasm ${mib(before.wasm)} → ${mib(after.wasm)}`);
}

run(["build"]);
browser = await launch();
for (const part of [pastes, file, catalogs, widgets, day]) {
  if (wanted.length > 0 && !wanted.includes(part.name)) continue;
  try {
    await part();
  } catch (error) {
    row(part.name, false, String(error.message).split("\n")[0]);
  }
  await strike();
}
await browser.close();
const table = ["| load | | measured |", "| --- | --- | --- |", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
console.log(table);
if (wanted.length === 0) {
  const head = "Written by `node tests/faults/load.mjs`: the built page in Chromium; memory is what is left after a collection.";
  writeFileSync(new URL("./load.md", import.meta.url), `# Under load\n\n${head}\n\n${table}\n`);
}
process.exitCode = rows.every(([, holds]) => holds === "holds") ? 0 : 1;
