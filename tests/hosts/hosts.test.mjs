// Portals of other people's making: each is built as its owner would, visited, given an error, and checked with axe.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { dist, launch, run } from "../browser/harness.mjs";
import { host, visit } from "../browser/host.mjs";

const CONNECTOR = "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";
const GRINDER = "13:07 grinder of machine K2 is blocked: E-17";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "out");
const axe = readFileSync(createRequire(new URL("../browser/harness.mjs", import.meta.url)).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  // As `npm install error-diagnoser` would.
  const installed = join(here, "node_modules/error-diagnoser");
  rmSync(installed, { recursive: true, force: true });
  cpSync(join(dist, "npm"), installed, { recursive: true });
  browser = await launch();
});
after(() => browser?.close());

/** Runs a tool of a host; what it says is only of interest when it fails. */
function tool(command, args, options = {}) {
  try {
    execFileSync(command, args, { encoding: "utf8", stdio: "pipe", ...options });
  } catch (error) {
    assert.fail(`${command} ${args.join(" ")}: ${error.stdout}\n${error.stderr}`);
  }
}

const node = (script, ...args) => tool(process.execPath, [join(here, "node_modules", script), ...args], { cwd: here, env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NEXT_IGNORE_INCORRECT_LOCKFILE: "1", NODE_ENV: "production" } });
const python = (script, args, env = {}) => tool(join(here, ".venv/bin", script), args, { cwd: here, env: { ...process.env, ...env } });

/** A copy of a host's source with the site's files in one of its folders, as its owner would put them there. */
function withSite(name, folder) {
  const copy = join(out, `${name}-source`);
  cpSync(join(here, name), copy, { recursive: true });
  cpSync(join(dist, "npm"), join(copy, folder), { recursive: true });
  return copy;
}

/** Visits a host; afterwards nothing may have been complained about. */
async function on(folder, use, { pages = {}, path = "/", build = () => undefined } = {}) {
  const server = await host(pages, { folders: { "/": folder } });
  build(server.url);
  const opened = await visit(browser, server.url + path);
  try {
    await use({ ...opened, url: server.url });
    assert.deepEqual(opened.complaints, []);
  } finally {
    await opened.close();
    await server.close();
  }
}

/** An answer in the element, which is clean before, with, and without one. */
async function answered({ view, box, answers, element }, text, title) {
  await box.waitFor();
  await clean(view);
  await box.fill("The weather is lovely today.");
  await element.getByText("Nothing found").first().waitFor();
  await clean(view);
  await box.fill(text);
  await answers.first().getByRole("heading", { name: title }).waitFor();
  await clean(view);
}

async function clean(view) {
  await view.evaluate(axe);
  const { violations, passes } = await view.evaluate(() => window.axe.run({ include: [["error-diagnoser"]] }));
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)]), []);
  assert.ok(passes.length > 5, "axe looked into the element");
}

test("plain HTML", async () => {
  await on(join(here, "plain"), async (opened) => {
    await answered(opened, CONNECTOR, "Missing connector");
    await opened.box.fill("The weather is lovely today.");
    await opened.view.getByText("Call the service desk: 4711.").waitFor();
  });
});

for (const name of ["react", "vue"]) {
  test(`${name}, by Vite: properties, events, strict mode`, async () => {
    node("vite/bin/vite.js", "build", name, "--outDir", join(out, name), "--emptyOutDir", "--logLevel", "warn");
    await on(join(out, name), async (opened) => {
      await answered(opened, CONNECTOR, "Missing connector");
      await opened.view.locator("output", { hasText: "itsmc/missing-connector" }).waitFor();
      await opened.view.getByRole("button", { name: "Nederlands" }).click();
      await opened.view.getByLabel("Uw foutmelding").waitFor();
      assert.equal(await opened.element.evaluate((element) => element.maxResults), 3);
    });
  });
}

test("Next: rendered on the server, navigation without loading", async () => {
  cpSync(join(here, "next"), join(out, "next-source"), { recursive: true });
  node("next/dist/bin/next", "build", join(out, "next-source"));
  const folder = join(out, "next-source/out");
  assert.match(readFileSync(join(folder, "index.html"), "utf8"), /<error-diagnoser/, "it stands in the page that the server made");
  await on(folder, async (opened) => {
    const { view, element, box, answers } = opened;
    await answered(opened, CONNECTOR, "Missing connector");
    await view.locator("output", { hasText: "itsmc/missing-connector" }).waitFor();
    await view.getByRole("link", { name: "Another page" }).click();
    await view.getByRole("heading", { name: "Another page" }).waitFor();
    await view.getByRole("link", { name: "Back" }).click();
    await element.waitFor();
    await box.fill(CONNECTOR);
    await answers.first().waitFor();
  });
});

test("MkDocs Material: instant navigation, and a page that is its own catalog", async () => {
  const copy = withSite("mkdocs", "docs/diagnoser");
  const args = ["build", "--strict", "--quiet", "--config-file", join(copy, "mkdocs.yml"), "--site-dir", join(out, "mkdocs")];
  // Pages are replaced without loading only where the site's own address is the one that it was built for.
  const build = (url) => python("mkdocs", args, { SITE_URL: url, NO_MKDOCS_2_WARNING: "1" });
  await on(join(out, "mkdocs"), async (opened) => {
    const { view, box, answers, requests, url } = opened;
    await answered(opened, CONNECTOR, "Missing connector");
    await view.evaluate(() => (window.stayed = true));
    await view.getByRole("link", { name: "Coffee machine" }).first().click();
    await view.waitForURL(`${url}/coffee/`);
    await view.locator("#grinder").waitFor();
    assert.equal(await view.evaluate(() => window.stayed), true, "the page was not loaded anew");
    await box.fill(GRINDER);
    await answers.first().getByRole("heading", { name: "Grinder blocked" }).waitFor();
    await clean(view);
    await answers.first().getByRole("button", { name: "Show it on this page" }).click();
    await view.waitForFunction(() => document.activeElement.id === "grinder");
    const engines = requests.filter((path) => path.endsWith("/error_diagnoser_bg.wasm"));
    assert.equal(engines.length, 1, "one engine for all pages");
  }, { build });
});

test("Sphinx: its own catalog over ours", async () => {
  const copy = withSite("sphinx", "_static/diagnoser");
  python("sphinx-build", ["-q", "-W", "-b", "html", copy, join(out, "sphinx")]);
  await on(join(out, "sphinx"), async (opened) => {
    await answered(opened, CONNECTOR, "Missing connector");
    await opened.box.fill(GRINDER);
    await opened.answers.first().getByRole("heading", { name: "Grinder blocked" }).waitFor();
    await opened.box.fill("Milk foamer hose of K2 is not connected");
    await opened.answers.first().getByText("Push it in.").waitFor();
  });
});

test("static output as Hugo's: hash, reset style sheet, the owner's pages by build", async () => {
  const folder = join(out, "hugo");
  cpSync(join(here, "hugo"), folder, { recursive: true });
  const printed = run(["build", "--catalog", join(here, "hugo/errors"), "--out", join(folder, "diagnoser")]);
  const integrity = /^widget\.js: integrity="(.+)"$/m.exec(printed)[1];
  writeFileSync(join(folder, "index.html"), readFileSync(join(folder, "index.html"), "utf8").replace("{{ integrity }}", integrity));
  const files = (name) => (_, response) => response.writeHead(200, { "content-type": /\.js$/.test(name) ? "text/javascript" : /json$/.test(name) ? "application/json" : "application/wasm" }).end(readFileSync(join(folder, name)));
  const own = ["widget.js", "element.js", "engine.js", "texts.js", "error_diagnoser.js", "error_diagnoser_bg.wasm", "error_diagnoser_redact.js", "error_diagnoser_redact_bg.wasm", "catalog.edc", "i18n/en.json"];
  const pages = Object.fromEntries(own.map((name) => [`/diagnoser/${name}`, files(`diagnoser/${name}`)]));
  await on(folder, (opened) => answered(opened, GRINDER, "Grinder blocked"), { pages });
});

test("a portal that strips scripts and custom elements from articles", async () => {
  // The sanitizer of many portals, with its own settings, run where it runs: in a page.
  const purify = readFileSync(join(here, "node_modules/dompurify/dist/purify.min.js"), "utf8");
  const page = await browser.newPage();
  await page.evaluate(purify);
  const article = await page.evaluate((html) => window.DOMPurify.sanitize(html), readFileSync(join(here, "cms/article.html"), "utf8"));
  await page.close();
  assert.ok(!article.includes("<script") && !article.includes("<error-diagnoser") && article.includes("data-error-diagnoser"), article);
  const theme = readFileSync(join(here, "cms/theme.html"), "utf8");
  await on(join(here, "cms"), async (opened) => {
    await answered(opened, CONNECTOR, "Missing connector");
    await opened.box.fill("The weather is lovely today.");
    await opened.view.getByText("File a ticket below.").waitFor();
  }, { pages: { "/": theme.replace("{{ article }}", article) } });
});

test("the lines that the README gives are those that were tested", () => {
  const fences = [...readFileSync(join(here, "README.md"), "utf8").matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)];
  assert.ok(fences.length >= 10);
  for (const [, path, lines] of fences) {
    const tidy = (text) => text.replace(/\s+/g, " ").trim();
    const tested = tidy(readFileSync(join(here, path), "utf8"));
    for (const line of lines.split("\n").filter((one) => one.trim() !== "")) assert.ok(tested.includes(tidy(line)), `${path}: ${line}`);
  }
});
