// What the tests stand on: the command, the site that it serves, and a browser that is watched.

import { execFileSync, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

/** The source folder. */
export const source = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Where `serve` and `build` put the site. */
export const dist = join(source, "dist");

let built;

/** The command, built if it is stale. */
export function executable() {
  built ??= buildCommand();
  return built;
}

function buildCommand() {
  const messages = execFileSync(
    process.env.CARGO ?? "cargo",
    ["build", "--bin", "error-diagnoser", "--message-format=json-render-diagnostics"],
    { cwd: source, encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "inherit"] },
  );
  const made = messages.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return made.findLast((message) => message.executable)?.executable;
}

/** Runs the command to its end. */
export function run(args, input = "") {
  return execFileSync(executable(), args, { cwd: source, input, encoding: "utf8", maxBuffer: 2 ** 28 });
}

/**
 * Starts `serve` and waits until it says where it serves.
 *
 * @returns {Promise<{ url: string, said: () => string, stop: () => Promise<number | null> }>}
 */
export async function serve(...args) {
  const child = spawn(executable(), ["serve", ...args], { cwd: source, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => (said += data));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const url = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once("line", (line) => resolve(line.match(/http:\S+/)?.[0]));
    ended.then((status) => reject(new Error(`serve ended with status ${status}: ${said}`)));
  });
  return {
    url,
    said: () => said,
    stop: () => {
      child.kill("SIGINT");
      return ended;
    },
  };
}

/** Starts the browser that is here; with a new profile, and nothing of its own that goes to the network. */
export function launch() {
  return chromium.launch({
    executablePath: browserPath(),
    args: [
      "--no-sandbox",
      "--no-first-run",
      "--disable-sync",
      "--disable-background-networking",
      "--disable-component-update",
    ],
  });
}

function browserPath() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [
    ...(process.env.CHROMIUM ? [process.env.CHROMIUM] : names.flatMap((name) => folders.map((folder) => join(folder, name)))),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ];
  const found = candidates.find(isExecutable);
  if (!found) {
    throw new Error("there is no Chromium on the PATH to test in; tests/run installs it, or set CHROMIUM to its path");
  }
  return found;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A new page of the site, loaded and ready for a paste, in a new profile. `complaints` gathers what must not happen:
 * errors on the console, exceptions, violations of the policy, files that fail. `requests` gathers what is asked for.
 */
export async function open(browser, url, { context: profile, ...options } = {}) {
  // A profile that was here before has the site in its worker, which is quicker.
  const context = profile ?? (await browser.newContext({ locale: "en-GB", ...options }));
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints = [];
  const requests = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => {
    // What a navigation breaks off has not failed.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`status ${response.status()}: ${response.url()}`);
  });
  // A worker's requests count as well.
  context.on("request", (request) => requests.push(request.url()));
  await page.exposeFunction("complain", (text) => complaints.push(text));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      window.complain(`policy: ${event.violatedDirective} forbids ${event.blockedURI} ${event.sample}`);
    });
  });
  await page.goto(url);
  // The page's worker fetches everything once more, when all else is there; what is asked for after that is too much.
  const hasWorker = await page.evaluate(() => document.querySelector("script[src$='page.js']") !== null);
  if (hasWorker) await page.evaluate(() => navigator.serviceWorker.ready.then(() => 0));
  else await page.waitForLoadState("networkidle");
  return { page, complaints, requests, box: page.getByRole("textbox"), answers: page.getByRole("article") };
}

/** The texts of the interface in a language, as the page says them. */
export async function speak(url, lang = "en") {
  const texts = await (await fetch(new URL(`i18n/${lang}.json`, url))).json();
  const plurals = new Intl.PluralRules(lang);
  return (key, values = {}) => {
    const message = texts[key];
    const text = typeof message === "string" ? message : (message[plurals.select(values.count)] ?? message.other);
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  };
}

/** Pastes as a person does: whatever is in the box is selected, then comes the keystroke. */
export async function paste(opened, text) {
  const { page, box } = opened;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await box.click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("ControlOrMeta+V");
}

/**
 * Waits until a page answers a question that takes it time with yes; `page.waitForFunction` takes the promise for one.
 *
 * @param {import("playwright-core").Page} page
 * @param {() => Promise<unknown>} question
 */
export async function until(page, question) {
  const late = performance.now() + 15_000;
  while (!(await page.evaluate(question))) {
    if (performance.now() > late) throw new Error(`not within 15 s: ${question}`);
    await page.waitForTimeout(50);
  }
}
