// Other engines than Chromium, each driven with what it needs least for: a page to open, and scripts to run in it.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";

import puppeteer from "puppeteer-core";

/** How an engine is started; each gives { goto, run, close }. `run` calls a function in the page and waits for what it gives. */
export const ENGINES = { firefox: startFirefox, webkit: startWebKit };

function command(...names) {
  for (const name of names) {
    try {
      return execFileSync("/bin/sh", ["-c", 'command -v "$1"', "sh", name], { encoding: "utf8" }).trim();
    } catch {
      // The next name.
    }
  }
  throw new Error(`there is no ${names.join(" or ")} on the PATH; Debian has them as firefox-esr, webkit2gtk-driver and xvfb`);
}

async function startFirefox() {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: command("firefox-esr", "firefox"), headless: true });
  const page = await browser.newPage();
  return {
    version: await browser.version(),
    goto: (url) => page.goto(url),
    run: (script, ...given) => page.evaluate(script, ...given),
    close: () => browser.close(),
  };
}

/** WebKit of GTK, by its WebDriver, on a screen that is not there. */
async function startWebKit() {
  const port = await freePort();
  const driver = spawn(command("xvfb-run"), ["-a", command("WebKitWebDriver"), `--port=${port}`], { stdio: "ignore", detached: true });
  const stop = () => {
    try {
      // The screen and what runs on it are its children.
      process.kill(-driver.pid, "SIGTERM");
    } catch {
      // It has ended by itself.
    }
  };
  process.once("exit", stop);
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const options = { "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] } };
  const { sessionId, capabilities } = await whenUp(() => ask("POST", "/session", { capabilities: { alwaysMatch: options } }));
  const session = `/session/${sessionId}`;
  await ask("POST", `${session}/timeouts`, { script: 60_000, pageLoad: 60_000 });
  return {
    version: `${capabilities.browserName} ${capabilities.browserVersion}`,
    goto: (url) => ask("POST", `${session}/url`, { url }),
    async run(script, ...given) {
      const call = `const done = arguments[arguments.length - 1];
        Promise.resolve((${typeof script === "string" ? `() => { ${script} }` : script})(...[...arguments].slice(0, -1)))
          .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = await ask("POST", `${session}/execute/async`, { script: call, args: given });
      if (error) throw new Error(error);
      return value;
    },
    async close() {
      await ask("DELETE", session);
      process.off("exit", stop);
      stop();
    },
  };
}

function miniBrowser() {
  const folders = readdirSync("/usr/lib").flatMap((folder) => ["4.1", "4.0"].map((version) => `/usr/lib/${folder}/webkit2gtk-${version}/MiniBrowser`));
  const path = folders.find((one) => existsSync(one));
  if (!path) throw new Error("there is no MiniBrowser of webkit2gtk; Debian has it in webkit2gtk-driver");
  return path;
}

async function whenUp(ask) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries > 100 || error.message.includes(":")) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
