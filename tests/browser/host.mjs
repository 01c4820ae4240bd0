// A portal of somebody else's: pages as the tests write them, with any headers, and the built site in a folder of theirs.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

import { dist, run } from "./harness.mjs";

run(["build"]);

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".wasm": "application/wasm",
  ".edc": "application/octet-stream",
};

/** The strictest policy under which the element works: what a careful portal sends. */
export const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; base-uri 'none'; " +
  "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** The snippet that every portal copies. */
export const SNIPPET = '<script type="module" src="/diagnoser/widget.js"></script>\n<error-diagnoser></error-diagnoser>';

/**
 * @param {Record<string, string | Buffer | ((request, response) => void)>} pages by path; /diagnoser/ and /copy/ are the site
 * @param {{ headers?: Record<string, string>, folders?: Record<string, string> }} [options] headers of pages; folders by path
 */
export async function host(pages, { headers = {}, folders = {} } = {}) {
  const mounted = { "/diagnoser/": dist, "/copy/": dist, ...folders };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const page = pages[path];
    if (path === "/favicon.ico") {
      response.writeHead(204).end();
    } else if (typeof page === "function") {
      page(request, response);
    } else if (page !== undefined) {
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? TYPES[".html"], ...headers }).end(page);
    } else {
      void serveFile(mounted, path, response, headers);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serveFile(mounted, path, response, headers) {
  const mount = Object.keys(mounted).find((prefix) => path.startsWith(prefix));
  const rest = mount && path.slice(mount.length);
  const names = rest === undefined ? [] : rest === "" || rest.endsWith("/") ? [`${rest}index.html`] : [rest, `${rest}/index.html`];
  for (const name of names) {
    try {
      const body = await readFile(join(mounted[mount], name));
      const type = TYPES[extname(name)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, ...(type === TYPES[".html"] && headers) }).end(body);
      return;
    } catch (error) {
      if (error.code !== "ENOENT" && error.code !== "EISDIR") throw error;
    }
  }
  response.writeHead(404, { "content-type": "text/plain" }).end("not found");
}

/** A page with a body, as a portal has it. */
export function page(body, { head = "", lang = "en", attributes = "" } = {}) {
  return `<!doctype html><html lang="${lang}" ${attributes}><head><meta charset="utf-8"><title>Help</title>
<link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
}

/**
 * A page of a host in a new profile, watched: `complaints` gathers what must not happen, `requests` what is asked for,
 * `events` what the elements tell.
 */
export async function visit(browser, url, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  context.setDefaultTimeout(15_000);
  const view = await context.newPage();
  const complaints = [];
  const requests = [];
  const events = [];
  view.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
  });
  view.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  context.on("request", (request) => requests.push(new URL(request.url()).pathname));
  await view.exposeFunction("complain", (text) => complaints.push(text));
  await view.exposeFunction("note", (type, detail) => events.push({ type, detail }));
  await view.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => window.complain(`policy: ${event.violatedDirective} forbids ${event.blockedURI}`));
    for (const type of ["ready", "diagnosis", "no-match", "solved", "unsolved", "catalog-error", "narrowed"]) {
      addEventListener(type, (event) => event.target.localName === "error-diagnoser" && window.note(type, event.detail));
    }
  });
  await view.goto(url);
  const element = view.locator("error-diagnoser");
  return { view, element, box: element.getByRole("textbox"), answers: element.getByRole("article"), complaints, requests, events, close: () => context.close() };
}
