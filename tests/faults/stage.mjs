// A stage for accidents: the built site on a server of its own, any of whose answers a test can spoil, and a browser page
// that is watched while it lives through them.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { dist, source } from "../browser/harness.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".edc": "application/octet-stream",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

export const MISSING = "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";

/** The policy that a careful portal has. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

/** What a test leaves behind, however it ends. */
const open = [];

/** Ends every stage and page of the test; to be called after each. */
export async function strike() {
  for (const one of open.splice(0).reverse()) {
    // What a broken test has closed already cannot be closed again; the rest still must be.
    await one().catch((error) => console.error(`left behind by a test: ${error.message}`));
  }
}

/**
 * Without its list of files the worker of the page frees everything and goes: the page then is what its server sends, and
 * not what an earlier test kept.
 */
const NO_WORKER = { "sw.js": readFileSync(join(source, "www/sw.js"), "utf8") };

/**
 * Serves the built site. `spoil` changes what is answered, by path: a text or bytes instead of the file, a function of the
 * file's text, `{ status, headers, body }`, or "hang" for no answer at all.
 */
export async function stage({ spoil = {}, headers = {} } = {}) {
  const asked = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname).replace(/\/$/, "/index.html").slice(1);
    const seen = { method: request.method, path, address: request.url, headers: request.headers, body: "" };
    asked.push(seen);
    request.on("data", (data) => (seen.body += data.toString("latin1")));
    const own = { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "cache-control": "no-store", ...headers };
    let change = site.spoil[path];
    if (change === "hang") return;
    try {
      if (typeof change === "function") change = change(readFileSync(join(dist, path), "utf8"));
      const { status = 200, headers: more = {}, body = null } = typeof change === "object" && !Buffer.isBuffer(change) ? change : { body: change };
      // The site's modules are joined; a test of one of them takes it as it is written.
      const file = path.startsWith("source/") ? join(source, "www", path.slice(7)) : join(dist, path);
      const bytes = body ?? readFileSync(file);
      response.writeHead(status, { ...own, ...more }).end(bytes);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not here");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const site = {
    url: `http://127.0.0.1:${server.address().port}/`,
    asked,
    spoil: { ...NO_WORKER, ...spoil },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  open.push(site.stop);
  return site;
}

/** A portal's page with the element in it, and nothing else of ours. */
export function portal({ head = "", body = "<error-diagnoser></error-diagnoser>", scripts = ["./widget.js"] } = {}) {
  const tags = scripts.map((src) => `<script type="module" src="${src}"></script>`).join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Portal</title>${head}</head><body>${body}${tags}</body></html>`;
}

/**
 * A page in a new profile. `complaints` gathers errors on the console,
 * exceptions and violations of the policy; `said` everything on the console; `requests` what is asked for.
 */
export async function visit(browser, url, { init, ...options } = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  open.push(() => context.close());
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints = [];
  const said = [];
  const requests = [];
  page.on("console", (message) => {
    said.push(message.text());
    if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  context.on("request", (request) => requests.push(request.url()));
  await page.exposeFunction("complain", (text) => complaints.push(text));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      window.complain(`policy: ${event.violatedDirective} forbids ${event.blockedURI} ${event.sample}`);
    });
  });
  if (init) await page.addInitScript(init);
  await page.goto(url, { waitUntil: "load" });
  await wake(page);
  const widget = page.locator("error-diagnoser").first();
  return {
    page,
    context,
    complaints,
    said,
    requests,
    widget,
    box: widget.getByRole("textbox").first(),
    answers: widget.getByRole("article"),
  };
}

/** In a portal the element loads no more than a box until somebody means to use it. */
export function wake(page) {
  return page.evaluate(() => document.querySelectorAll("error-diagnoser").forEach((one) => one.shadowRoot?.querySelector("textarea")?.focus()));
}

/** Waits until the element has its catalog. */
export async function ready(visited) {
  await visited.widget.locator(".empty, article, .nothing, .closest").first().waitFor();
}

/** Puts a text into the box as typing does, and waits until something other than waiting stands below it. */
export async function put(visited, text) {
  await visited.box.fill(text);
  await visited.page.waitForTimeout(200);
}

/** Everything that stands in the element, its shadow tree included. */
export function shown({ page }) {
  return page.evaluate(() => document.querySelector("error-diagnoser").shadowRoot.querySelector(".answer").textContent);
}

/** The texts of the interface, as the page says them. */
export function texts(lang = "en") {
  const all = JSON.parse(readFileSync(join(dist, `i18n/${lang}.json`), "utf8"));
  const plurals = new Intl.PluralRules(lang);
  return (key, values = {}) => {
    const message = all[key];
    const text = typeof message === "string" ? message : (message[plurals.select(values.count)] ?? message.other);
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  };
}

/** The catalog that the site was built with. */
export function catalog() {
  return JSON.parse(readFileSync(join(dist, "catalog.json"), "utf8"));
}

/** A catalog as the built-in one lies on a server, made by the module that a portal's catalog.json is made ready with. */
export async function compact(catalog) {
  const glue = await import(pathToFileURL(join(dist, "error_diagnoser_tools.js")).href);
  await glue.default({ module_or_path: readFileSync(join(dist, "error_diagnoser_tools_bg.wasm")) });
  const made = new glue.Compiled(new TextEncoder().encode(JSON.stringify(catalog)));
  if (made.problems().length > 0) throw new Error(made.problems().join("\n"));
  return Buffer.from(made.bytes());
}
