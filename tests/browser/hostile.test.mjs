// Hosts that make it hard: their styles, their policies, their servers, their navigation. And no style leaks, out or in.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { dist, launch } from "./harness.mjs";
import { host, page, SNIPPET, STRICT, visit } from "./host.mjs";

const CONNECTOR = "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";
const TITLE = "Missing connector";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

async function on(pages, use, options = {}) {
  const server = await host(typeof pages === "string" ? { "/": pages } : pages, options);
  const opened = await visit(browser, `${server.url}/`, options);
  try {
    await use({ ...opened, url: server.url });
  } finally {
    await opened.close();
    await server.close();
  }
}

async function answer({ box, answers }) {
  await box.fill(CONNECTOR);
  await answers.first().getByRole("heading", { name: TITLE }).waitFor();
}

async function clean(view) {
  await view.evaluate(axe);
  const { violations } = await view.evaluate(() => window.axe.run({ include: [["error-diagnoser"]] }));
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)]), []);
}

/** What computed styles say of everything in the element, and of everything around it. */
const look = () => {
  const of = (element) => {
    const style = getComputedStyle(element);
    return Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]));
  };
  const { shadowRoot } = document.querySelector("error-diagnoser");
  const name = (element) => `${element.localName}.${[...element.classList].join(".")}`;
  const outside = [...document.querySelectorAll("*")].filter((element) => element.localName !== "error-diagnoser" && !element.closest("head"));
  return {
    inside: [...shadowRoot.querySelectorAll("*")].map((element) => [name(element), of(element)]),
    outside: outside.map((element) => [name(element), of(element)]),
  };
};

/** Which properties differ, by element; what an automatic margin comes to is a matter of the width. */
function differences(before, after, ignored = /^$/) {
  assert.deepEqual(before.map(([name]) => name), after.map(([name]) => name));
  return before.flatMap(([name, style], at) =>
    Object.entries(style).filter(([property, value]) => !ignored.test(property) && !(name === "div.ways" && /^margin/.test(property)) && after[at][1][property] !== value).map(([property, value]) => `${name} ${property}: ${value} → ${after[at][1][property]}`),
  );
}

const HOSTILE = {
  "everything unset": "* { all: unset !important }",
  "everything hidden that is a form": "textarea, button, label, section, article, p { display: none !important; opacity: 0 !important }",
  "huge root font": "html { font-size: 32px !important } body { font-size: 16px }",
  "odd writing": `body { letter-spacing: 0.5em; word-spacing: 2em; text-transform: uppercase; text-align: right; line-height: 3; font-style: italic;
    font-weight: 900; font-variant: small-caps; text-indent: 3em; white-space: nowrap; text-shadow: 0 0 9px red; word-break: break-all; hyphens: auto; tab-size: 20;
    cursor: wait; user-select: none; list-style: square inside; border-collapse: collapse; quotes: "<" ">"; caret-color: red; color: red; font-family: cursive }`,
  "borders on everything": "* { border: 3px solid red !important; margin: 20px !important; padding: 9px !important; box-sizing: content-box !important; float: right !important }",
};
for (const [name, css] of Object.entries(HOSTILE)) {
  test(`styles of the page do not come in: ${name}`, async () => {
    // The same size for both, so that only what was inherited or applied can differ.
    const frame = (style) => page(`<div style="all: initial !important; display: block !important; inline-size: 1200px !important; font-size: 16px !important">${SNIPPET}</div>`, { head: `<style>${style}</style>` });
    const seen = [];
    for (const style of ["", css]) {
      await on(frame(style), async (opened) => {
        await answer(opened);
        await opened.view.evaluate(() => document.activeElement.shadowRoot?.activeElement?.blur());
        seen.push((await opened.view.evaluate(look)).inside);
        if (style) await clean(opened.view);
      });
    }
    // Places and sizes follow from the element's own box, which is the page's to give.
    assert.deepEqual(differences(seen[0], seen[1], /^(grid-template-columns|grid-template-rows|inline-size|block-size|width|height|perspective-origin|transform-origin|inset.*|top|left|right|bottom)$/), []);
  });
}

test("inherited by the element directly, odd writing does not come in either", async () => {
  const seen = [];
  for (const style of ["", `${HOSTILE["odd writing"]} body { direction: ltr }`]) {
    await on(page(`<div>${SNIPPET}</div>`, { head: `<style>body { font-size: 16px } ${style}</style>` }), async (opened) => {
      await answer(opened);
      await opened.view.evaluate(() => document.activeElement.shadowRoot?.activeElement?.blur());
      const inside = (await opened.view.evaluate(look)).inside.filter(([name]) => !/^slot/.test(name));
      seen.push(inside);
    });
  }
  assert.deepEqual(differences(seen[0], seen[1], /size|width|height|origin|inset|^(top|left|right|bottom)$/), []);
});

test("no style leaks out: the page looks the same with and without", async () => {
  const around = "<header><h1>Help</h1></header><main><p class='soft row'>Text <a href='#'>link</a></p><button class='quiet'>Press</button><textarea></textarea><div class='root answer diagnosis'>x</div></main>";
  await on(page(`${around}<error-diagnoser></error-diagnoser>`), async (opened) => {
    const { view, box, answers } = opened;
    await view.waitForTimeout(100);
    const styles = () => view.evaluate(() => [...document.querySelectorAll("body *:not(error-diagnoser)")].map((element) => { const style = getComputedStyle(element); return [element.localName, Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]))]; }));
    const before = await styles();
    const sheets = await view.evaluate(() => document.adoptedStyleSheets.length + document.styleSheets.length);
    await view.addScriptTag({ type: "module", url: "/diagnoser/widget.js" });
    await box.fill(CONNECTOR);
    await answers.first().waitFor();
    const after = await styles();
    assert.deepEqual(differences(before, after), []);
    assert.equal(await view.evaluate(() => document.adoptedStyleSheets.length + document.styleSheets.length), sheets);
    const leaked = await view.evaluate(() => [document.querySelectorAll("style, link[rel=stylesheet], link[rel=modulepreload]").length, document.querySelectorAll("[style]").length, document.querySelector("error-diagnoser").shadowRoot.querySelectorAll("style, [style]").length]);
    assert.deepEqual(leaked, [0, 0, 0]);
  });
});

test("where width follows content, the element asks for some", async () => {
  const places = ["display: flex", "display: flex; flex-direction: column; align-items: center", "display: grid; justify-items: center", "display: inline-block", "float: left", "position: absolute"];
  for (const style of places) {
    await on(page(`<div style="${style}">${SNIPPET}</div>`), async ({ element, box }) => {
      await box.waitFor();
      const { width } = await element.boundingBox();
      assert.ok(width >= 280, `${style}: ${width}`);
    });
  }
});

test("right to left, dark, narrow: readable and clean", async () => {
  await on(page(`<div style="width:300px">${SNIPPET}</div>`, { attributes: 'dir="rtl"', head: "<style>:root { color-scheme: dark; background: #111 }</style>" }), async (opened) => {
    await answer(opened);
    await clean(opened.view);
    const { overflow, direction } = await opened.element.evaluate((element) => ({ overflow: element.scrollWidth - element.clientWidth, direction: getComputedStyle(element.shadowRoot.querySelector(".root")).direction }));
    assert.ok(overflow <= 1, `wider than its place by ${overflow}`);
    assert.equal(direction, "rtl");
    assert.deepEqual(opened.complaints, []);
  });
});

test("the strictest policy with Trusted Types: nothing is complained about", async () => {
  await on({ "/": page(SNIPPET, { head: "" }).replace('<link rel="icon" href="data:,">', "") }, async (opened) => {
    await answer(opened);
    await opened.element.getByText("Copy, share or print").click();
    assert.deepEqual(opened.complaints, []);
  }, { headers: { "content-security-policy": STRICT } });
});

test("a page that is its own catalog works under the strictest policy too", async () => {
  const article = '<main id="content"><h2>Blocked</h2><p><b>Error</b>: Grinder of {machine} is blocked now</p><p><b>Cause</b>: A bean.</p></main>';
  await on({ "/": page(`${SNIPPET.replace("<error-diagnoser>", '<error-diagnoser catalog="#content">')}${article}`).replace('<link rel="icon" href="data:,">', "") }, async (opened) => {
    await opened.box.fill("Grinder of K2 is blocked now");
    await opened.answers.first().getByRole("heading", { name: "Blocked" }).waitFor();
    assert.deepEqual(opened.complaints, []);
  }, { headers: { "content-security-policy": STRICT } });
});

test("a policy without 'wasm-unsafe-eval': the message says what to add", async () => {
  await on(page(SNIPPET), async ({ box, element, events }) => {
    await box.fill(CONNECTOR);
    await element.getByText("script-src 'self' 'wasm-unsafe-eval'").first().waitFor();
    assert.equal(events.find(({ type }) => type === "catalog-error").detail.code, "csp");
  }, { headers: { "content-security-policy": STRICT.replace(" 'wasm-unsafe-eval'", "") } });
});

test("the module as text, missing, a web page, blocked by the network", async () => {
  const wasm = readFileSync(join(dist, "error_diagnoser_bg.wasm"));
  const path = "/diagnoser/error_diagnoser_bg.wasm";
  await on({ "/": page(SNIPPET), [path]: (_, response) => response.writeHead(200, { "content-type": "text/plain" }).end(wasm) }, async (opened) => {
    await answer(opened);
    assert.deepEqual(opened.complaints, []);
  });
  const ways = [
    [(_, response) => response.writeHead(404).end(), /error_diagnoser_bg\.wasm answered with status 404/],
    [(_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>"), /answered with a web page/],
    [(_, response) => response.writeHead(200, { "content-type": "application/wasm" }).end(wasm.subarray(0, 1000)), /is not a whole WebAssembly file/],
    [(_, response) => response.socket.destroy(), /cannot be reached/],
  ];
  for (const [way, sentence] of ways) {
    await on({ "/": page(SNIPPET), [path]: way }, async ({ box, element }) => {
      await box.fill(CONNECTOR);
      await element.getByText(sentence).first().waitFor();
      assert.equal(await box.inputValue(), CONNECTOR, "what was pasted stays");
    });
  }
});

test("WebAssembly switched off", async () => {
  await on({ "/": page(`<script src="/off.js"></script>${SNIPPET}`), "/off.js": "delete globalThis.WebAssembly;" }, async ({ box, element }) => {
    await box.fill(CONNECTOR);
    await element.getByText(/WebAssembly is missing or switched off in this browser/).first().waitFor();
  });
});

test("a browser that is too old for the module is told from a broken file", async () => {
  // As one without SIMD: it refuses every module with such a type, ours and the one that asks.
  const old = `
    const validate = WebAssembly.validate;
    WebAssembly.validate = (bytes) => !new Uint8Array(bytes).includes(123) && validate(bytes);
    WebAssembly.compileStreaming = async () => { throw new WebAssembly.CompileError("invalid value type 0x7b"); };`;
  await on({ "/": page(`<script src="/old.js"></script>${SNIPPET}`), "/old.js": old }, async ({ box, element }) => {
    await box.fill(CONNECTOR);
    await element.getByText(/the browser is older than March 2023/).first().waitFor();
  });
});

test("the script that answers cannot be loaded: said in the reader's language, and trying again works", async () => {
  await on(page(SNIPPET.replace("<error-diagnoser>", '<error-diagnoser lang="sv">')), async (opened) => {
    const { view, box, element, events } = opened;
    await view.route("**/element.js", (route) => route.abort());
    await box.focus();
    await element.getByText("Det här kunde inte läsas in.").first().waitFor();
    assert.equal(events[0].type, "catalog-error");
  });
});

test("storage is blocked: nothing of it is used, and all works", async () => {
  const block = `for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) Object.defineProperty(globalThis, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
    Object.defineProperty(Document.prototype, "cookie", { get() { throw new DOMException("blocked", "SecurityError"); }, set() { throw new DOMException("blocked", "SecurityError"); } });
    Object.defineProperty(navigator, "serviceWorker", { get() { throw new DOMException("blocked", "SecurityError"); } });`;
  await on({ "/": page(`<script src="/block.js"></script>${SNIPPET}`), "/block.js": block }, async (opened) => {
    await answer(opened);
    assert.deepEqual(opened.complaints, []);
  });
});

test("two copies of the script, module and classic, and ten elements: one engine, one catalog", async () => {
  const scripts = '<script type="module" src="/diagnoser/widget.js"></script><script type="module" src="/copy/widget.js"></script><script src="/copy/widget.classic.js" defer></script>';
  await on(page(`${scripts}${"<error-diagnoser></error-diagnoser>".repeat(10)}`), async ({ view, requests, complaints }) => {
    const boxes = view.locator("error-diagnoser").getByRole("textbox");
    assert.equal(await boxes.count(), 10);
    for (let nth = 0; nth < 10; nth += 1) await boxes.nth(nth).fill(CONNECTOR);
    await view.waitForFunction(() => [...document.querySelectorAll("error-diagnoser")].every((element) => element.shadowRoot.querySelector("article")));
    for (const name of ["error_diagnoser_bg.wasm", "catalog.edc", "element.js", "engine.js", "i18n/en.json"]) {
      assert.equal(requests.filter((path) => path.endsWith(`/${name}`)).length, 1, name);
    }
    assert.deepEqual(complaints, []);
  });
});

test("taken out, put elsewhere, cloned, made anew: the text stays where it was, and all answer", async () => {
  await on(page(`${SNIPPET}<div id="elsewhere"></div>`), async (opened) => {
    const { view, box, answers, complaints } = opened;
    await answer(opened);
    await view.evaluate(() => {
      const element = document.querySelector("error-diagnoser");
      element.remove();
      document.querySelector("#elsewhere").append(element);
    });
    assert.equal(await box.inputValue(), CONNECTOR);
    assert.equal(await answers.count(), 1);
    await box.fill("The weather");
    await answers.first().waitFor({ state: "detached" });
    await view.evaluate(() => {
      const element = document.querySelector("error-diagnoser");
      element.replaceWith(element.cloneNode(true));
    });
    assert.equal(await box.inputValue(), "");
    await answer(opened);
    assert.deepEqual(complaints, []);
  });
});

test("a watched field is no longer watched once the element is gone", async () => {
  await on(page(`<textarea id="ticket"></textarea>${SNIPPET.replace("<error-diagnoser>", '<error-diagnoser for="ticket">')}`), async ({ view, events }) => {
    await view.evaluate(() => customElements.whenDefined("error-diagnoser").then(() => document.querySelector("error-diagnoser").remove()));
    await view.locator("#ticket").fill(CONNECTOR);
    await view.waitForTimeout(500);
    assert.deepEqual(events, []);
  });
});

test("in somebody else's shadow root, and as an element made by a script", async () => {
  const script = `const root = document.querySelector("#app").attachShadow({ mode: "open" });
    const element = document.createElement("error-diagnoser"); element.lang = "nl"; element.maxResults = 2; root.append(element);`;
  await on({ "/": page('<div id="app"></div><script type="module" src="/diagnoser/widget.js"></script><script type="module" src="/app.js"></script>'), "/app.js": script }, async (opened) => {
    await opened.view.getByLabel("Uw foutmelding").fill(CONNECTOR);
    await opened.answers.first().waitFor();
    assert.deepEqual(opened.complaints, []);
  });
});

test("properties that a framework set before the script came count", async () => {
  const script = 'const element = document.querySelector("error-diagnoser"); element.maxResults = 2; element.catalog = "/gone.json"; element.placeholder = "Here";';
  await on({ "/": page('<script src="/early.js" defer></script><error-diagnoser></error-diagnoser><script type="module" src="/diagnoser/widget.js"></script>'), "/early.js": script }, async ({ view, box }) => {
    assert.equal(await box.getAttribute("placeholder"), "Here");
    assert.deepEqual(await view.evaluate(() => [document.querySelector("error-diagnoser").getAttribute("max-results"), document.querySelector("error-diagnoser").getAttribute("catalog")]), ["2", "/gone.json"]);
  });
});

test("a slow catalog: the box can be used, and the answer comes when it is there", async () => {
  const catalog = readFileSync(join(dist, "catalog.edc"));
  const slow = (_, response) => setTimeout(() => response.writeHead(200, { "content-type": "application/json" }).end(catalog), 1500);
  await on({ "/": page(SNIPPET), "/diagnoser/catalog.edc": slow }, async (opened) => {
    await opened.box.fill(CONNECTOR);
    await opened.element.getByText("One moment").first().waitFor();
    await opened.answers.first().waitFor();
  });
});

test("nothing of a paste goes anywhere from a portal either", async () => {
  await on(page(SNIPPET), async (opened) => {
    await answer(opened);
    const before = opened.requests.length;
    await opened.box.fill(`${CONNECTOR} canary-5f1d`);
    await opened.answers.first().waitFor();
    await opened.view.waitForTimeout(300);
    assert.deepEqual(opened.requests.slice(before), []);
    const kept = await opened.view.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.title, document.cookie, document.documentElement.outerHTML]));
    assert.ok(!kept.includes("canary"), kept);
    assert.equal(await opened.view.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0, "no worker is registered");
  });
});
