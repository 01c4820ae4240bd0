// What a tag costs a portal over the wire: on the page, at the first focus, for the first answer; and the same of two
// search boxes that portals use. Everything as gzip, because that is what most hosts send.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { dist, launch } from "../browser/harness.mjs";
import { host, page, SNIPPET, visit } from "../browser/host.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "out/sizes");

/** Bytes as gzip of what has been asked for since the last time, and how many requests that was. */
function meter(requests, files) {
  let counted = 0;
  return () => {
    const asked = requests.slice(counted).filter((path) => path !== "/" && path !== "/favicon.ico");
    counted = requests.length;
    return { requests: asked.length, bytes: asked.reduce((sum, path) => sum + gzipSync(files(path), { level: 9 }).length, 0) };
  };
}

const idle = (view) => view.waitForTimeout(1500);

export async function measure() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const browser = await launch();
  const results = {
    "error-diagnoser": await ours(browser),
    "Pagefind, component UI": await pagefind(browser),
    "DocSearch": await docsearch(browser),
  };
  await browser.close();
  return results;
}

async function ours(browser) {
  const server = await host({ "/": page(SNIPPET) });
  const { view, box, answers, requests, close } = await visit(browser, `${server.url}/`);
  const spent = meter(requests, (path) => readFileSync(join(dist, path.replace("/diagnoser/", ""))));
  await idle(view);
  const tag = spent();
  await box.focus();
  await idle(view);
  const focus = spent();
  await box.fill("Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.");
  await answers.first().waitFor();
  await idle(view);
  const answer = spent();
  await close();
  await server.close();
  return { tag, focus, answer };
}

/** Its index is made of a page for each of our entries, so that both hold the same texts. */
async function pagefind(browser) {
  const site = join(out, "pagefind-site");
  mkdirSync(site, { recursive: true });
  const { entries } = JSON.parse(readFileSync(join(dist, "catalog.json"), "utf8"));
  for (const [nth, entry] of entries.entries()) writeFileSync(join(site, `${nth}.html`), entryPage(entry));
  execFileSync(process.execPath, [join(here, "node_modules/pagefind/lib/runner/bin.cjs"), "--site", site], { stdio: "pipe" });
  const folder = join(site, "pagefind");
  const files = (path) => readFileSync(join(site, path));
  if (!readdirSync(folder).includes("pagefind-component-ui.js")) throw new Error(`no component UI among ${readdirSync(folder)}`);
  const head = '<link href="/pagefind/pagefind-component-ui.css" rel="stylesheet"><script src="/pagefind/pagefind-component-ui.js" type="module"></script>';
  const server = await host({ "/": page("<pagefind-searchbox></pagefind-searchbox>", { head }) }, { folders: { "/": site } });
  const { view, requests, close } = await visit(browser, `${server.url}/`);
  const spent = meter(requests, files);
  await idle(view);
  const tag = spent();
  const box = view.locator("pagefind-searchbox input").first();
  await box.click();
  await idle(view);
  const focus = spent();
  await box.fill("connector deleted");
  await idle(view);
  const answer = spent();
  await close();
  await server.close();
  return { tag, focus, answer };
}

function entryPage({ texts, messages }) {
  const { title, situations } = texts.en ?? Object.values(texts)[0];
  const words = (value) => (typeof value === "string" ? `${value} ` : value && typeof value === "object" ? Object.values(value).map(words).join("") : "");
  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return `<!doctype html><html lang="en"><title>${escape(title)}</title><body><main><h1>${escape(title)}</h1><p>${escape(words(messages))}</p><p>${escape(words(situations))}</p></main></body></html>`;
}

/** What it loads of its own; its answers come from a server of its maker, which nobody asks here. */
async function docsearch(browser) {
  const folder = join(here, "node_modules/@docsearch");
  const style = join(folder, "css/dist/style.css");
  const head = '<link rel="stylesheet" href="/style.css">';
  const body = '<div id="search"></div><script src="/docsearch.js"></script><script src="/start.js"></script>';
  const pages = {
    "/": page(body, { head }),
    "/style.css": readFileSync(style, "utf8"),
    "/docsearch.js": readFileSync(join(folder, "js/dist/umd/index.js"), "utf8"),
    "/start.js": 'docsearch({ container: "#search", appId: "none", apiKey: "none", indexName: "none" });',
  };
  const server = await host(pages);
  const { view, requests, close } = await visit(browser, `${server.url}/`);
  const spent = meter(requests, (path) => Buffer.from(pages[path] ?? ""));
  await idle(view);
  const tag = spent();
  await view.locator("#search button").first().click();
  await idle(view);
  const focus = spent();
  await close();
  await server.close();
  return { tag, focus, answer: null };
}

/** As people read it. */
export function table(results) {
  const cell = (spent) => (spent ? `${(spent.bytes / 1000).toFixed(1)} KB, ${spent.requests}` : "from its server");
  const rows = Object.entries(results).map(([name, { tag, focus, answer }]) => `| ${name} | ${cell(tag)} | ${cell(focus)} | ${cell(answer)} |`);
  return ["| gzip, requests | tag on the page | first focus | first answer |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(table(await measure()));
