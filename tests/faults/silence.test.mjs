// Faults 18, 26, 27 and the copying of 28: nothing leaves.
//
// A page is watched from below (every request of the browser, and what the server was asked), from within (every API that
// can send, store or show something to others is wrapped before the first script runs) and from behind (what storage,
// address, history and caches hold afterwards). Everything found is searched for a canary, raw and in the encodings that
// a leak would take. The watch is watched too: pages that leak, one way each, must be caught.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { launch, run } from "../browser/harness.mjs";
import { MISSING, catalog, portal, put, ready, shown, stage, strike, texts, visit } from "./stage.mjs";

const CANARY = "canary-7Qz!é-4f1d";
const en = texts();
let browser;
before(async () => {
  run(["build"]);
  browser = await launch();
});
afterEach(strike);
after(() => browser?.close());

/** Every way in which the canary can be written so that somebody can read it again. */
function spellings() {
  const bytes = Buffer.from(CANARY);
  const found = new Set([CANARY, encodeURIComponent(CANARY), escape(CANARY), JSON.stringify(CANARY).slice(1, -1), bytes.toString("hex"), [...CANARY].reverse().join("")]);
  for (const encoding of [bytes, Buffer.from(CANARY, "utf16le"), Buffer.from(CANARY, "latin1")]) {
    // In the middle of a longer base64 it depends on what stands before; the letters at both ends are left out.
    for (const before of ["", "x", "xx"]) {
      const coded = Buffer.concat([Buffer.from(before), encoding]).toString("base64").replace(/=+$/, "");
      const inner = coded.slice(before === "" ? 0 : before.length + 1, -1);
      found.add(inner).add(inner.replaceAll("+", "-").replaceAll("/", "_"));
    }
  }
  // Without what encoders differ in.
  return [...found, "canary-7Qz"].map((one) => one.toLowerCase());
}
const SPELLINGS = spellings();

function leaks(text) {
  const lower = String(text).toLowerCase();
  return SPELLINGS.some((spelling) => lower.includes(spelling));
}

/** Runs in the page before any script of it: tells `noted` of every call that could carry something out. */
function wrap() {
  const notes = (window.noted = []);
  const text = (value) => {
    try {
      if (typeof value === "string") return value;
      if (value instanceof Event) return `${value.type} ${JSON.stringify(value.detail ?? value.data ?? null)}`;
      if (value instanceof Request) return value.url;
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
      return `${value} ${JSON.stringify(value)}`;
    } catch {
      return String(value);
    }
  };
  const note = (what, values) => notes.push([what, Array.from(values, text).join(" ")]);
  const call = (object, name, label = name) => {
    const original = object?.[name];
    if (typeof original !== "function") return;
    object[name] = function (...values) {
      note(label, values);
      return new.target ? Reflect.construct(original, values, new.target) : Reflect.apply(original, this, values);
    };
    object[name].prototype = original.prototype;
    Object.setPrototypeOf(object[name], original);
  };
  const set = (prototype, name, label) => {
    const property = prototype && Object.getOwnPropertyDescriptor(prototype, name);
    if (!property?.set) return;
    Object.defineProperty(prototype, name, {
      ...property,
      set(value) {
        note(label ?? `${prototype.constructor.name}.${name}`, [value]);
        property.set.call(this, value);
      },
    });
  };
  for (const name of ["fetch", "open", "WebSocket", "EventSource", "WebTransport", "Worker", "SharedWorker", "RTCPeerConnection", "Notification"]) call(window, name);
  call(navigator, "sendBeacon");
  call(navigator, "share");
  call(XMLHttpRequest.prototype, "open", "XMLHttpRequest.open");
  call(XMLHttpRequest.prototype, "send", "XMLHttpRequest.send");
  call(BroadcastChannel.prototype, "postMessage", "BroadcastChannel");
  call(MessagePort.prototype, "postMessage", "MessagePort");
  call(window, "postMessage");
  call(ServiceWorker.prototype, "postMessage", "ServiceWorker");
  call(history, "pushState");
  call(history, "replaceState");
  call(Storage.prototype, "setItem", "storage");
  call(IDBFactory.prototype, "open", "indexedDB");
  call(CacheStorage.prototype, "open", "caches");
  call(Cache.prototype, "put", "cache");
  call(window.cookieStore, "set", "cookieStore");
  call(HTMLFormElement.prototype, "submit", "form");
  call(FontFace.prototype, "load", "font");
  call(EventTarget.prototype, "dispatchEvent", "event");
  for (const name of Object.keys(console)) call(console, name, `console.${name}`);
  for (const [type, name] of [[HTMLImageElement, "src"], [HTMLImageElement, "srcset"], [HTMLScriptElement, "src"], [HTMLIFrameElement, "src"], [HTMLLinkElement, "href"], [HTMLAnchorElement, "href"], [HTMLMediaElement, "src"], [HTMLFormElement, "action"], [Document, "cookie"], [Document, "title"]]) {
    set(type.prototype, name);
  }
  const attribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (/^(src|srcset|href|action|ping|poster|data|background)$/i.test(name)) note(`attribute ${name}`, [value]);
    attribute.call(this, name, value);
  };
  const style = CSSStyleSheet.prototype.replaceSync;
  CSSStyleSheet.prototype.replaceSync = function (rules) {
    note("style", [rules]);
    style.call(this, rules);
  };
  set(CSSStyleDeclaration.prototype, "cssText", "style");
  const property = CSSStyleDeclaration.prototype.setProperty;
  CSSStyleDeclaration.prototype.setProperty = function (name, value, ...more) {
    note("style", [value]);
    property.call(this, name, value, ...more);
  };
}

/** Where the canary is, after everything. */
async function found({ page, said, requests }, site) {
  const places = [];
  const look = (what, text) => {
    if (leaks(text)) places.push(what);
  };
  for (const url of requests) look("request", url);
  for (const { address, body, headers } of site.asked) look("server", `${address} ${body} ${Buffer.from(body, "latin1").toString()} ${JSON.stringify(headers)}`);
  for (const line of said) look("console", line);
  const inside = await page.evaluate(async () => {
    const kept = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) kept.push(`${request.url} ${(await (await cache.match(request)).text()).slice(0, 1e6)}`);
    }
    return {
      notes: window.noted,
      address: location.href,
      title: document.title,
      state: JSON.stringify(history.state),
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
      cookie: document.cookie,
      name: window.name,
      databases: JSON.stringify(await indexedDB.databases()),
      caches: kept.join("\n"),
      referrer: document.referrer,
    };
  });
  const { notes, ...held } = inside;
  for (const [what, text] of notes) look(what, text);
  for (const [what, text] of Object.entries(held)) look(what, text);
  return [...new Set(places)];
}

const PASTE = `${CANARY} ${MISSING.replace("cpu-high", CANARY)} ${CANARY}`;

test("fault 26: pasting, answering, copying and sharing ask nothing of anybody, and leave nothing anywhere", async () => {
  const site = await stage({ spoil: { "sw.js": (text) => text } });
  const visited = await visit(browser, site.url, { init: wrap, permissions: ["clipboard-read", "clipboard-write"] });
  const { page, requests } = visited;
  await ready(visited);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => 0));
  await page.waitForLoadState("networkidle");
  assert.ok(requests.length > 20 && site.asked.length > 20, "the watch works: loading was seen");
  await page.evaluate(() => {
    navigator.share = (data) => {
      window.noted.push(["share", JSON.stringify(data)]);
      return Promise.resolve();
    };
  });
  const [before, askedBefore] = [requests.length, site.asked.length];
  // A text that is answered, one that raises a question, one that nothing is known of, a long one, a file.
  const shared = catalog().entries.find(({ id }) => id.startsWith("cas/")).messages[0].text;
  const long = `${"all is well\n".repeat(40_000)}${PASTE}`;
  for (const text of [PASTE, `${shared} ${CANARY}`, `The weather is lovely, ${CANARY}.`, long]) {
    // Not typed: that takes the browser long, and the way is the same from here on.
    await page.evaluate((text) => document.querySelector("error-diagnoser").diagnose(text), text);
    await page.waitForTimeout(300);
    // Every button that there is, twice, because some open what has more of them. Printing is the browser's own affair.
    await page.evaluate(async () => {
      window.print = () => 0;
      const { shadowRoot } = document.querySelector("error-diagnoser");
      for (let turn = 0; turn < 2; turn++) {
        for (const one of shadowRoot.querySelectorAll(".answer summary, .answer button, .marked button")) {
          one.click();
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
    });
    await page.waitForTimeout(100);
  }
  await page.locator("error-diagnoser input[type=file]").setInputFiles({ name: "a.log", mimeType: "text/plain", buffer: Buffer.from(PASTE) });
  await visited.answers.first().waitFor();
  assert.ok((await shown(visited)).includes(CANARY), "the canary was really read");
  await page.waitForTimeout(300);
  const extra = [...requests.slice(before), ...site.asked.slice(askedBefore).map(({ address }) => address)];
  assert.deepEqual(extra.filter((url) => !url.startsWith("blob:")), []);
  assert.deepEqual(await found(visited, site), []);
});

test("fault 18: neither address, title, history, storage, console nor event holds anything of a paste, in a portal", async () => {
  const site = await stage({
    spoil: { "portal.html": portal() },
  });
  const visited = await visit(browser, `${site.url}portal.html`, { init: wrap });
  await ready(visited);
  const heard = await visited.page.evaluateHandle(() => {
    const heard = [];
    for (const type of ["ready", "diagnosis", "no-match", "solved", "unsolved", "catalog-error", "narrowed", "entry"]) {
      document.addEventListener(type, ({ type, detail }) => heard.push(`${type} ${JSON.stringify(detail)}`));
    }
    return heard;
  });
  const size = await visited.page.evaluate(() => history.length);
  for (const text of [PASTE, `lovely ${CANARY}`]) await put(visited, text);
  await visited.page.waitForTimeout(200);
  const events = await heard.jsonValue();
  assert.ok(events.some((event) => event.startsWith("diagnosis")) && events.some((event) => event.startsWith("no-match")), `${events}`);
  assert.ok(!leaks(events.join("\n")));
  assert.equal(await visited.page.evaluate(() => history.length), size);
  assert.deepEqual(await found(visited, site), []);
});

test("fault 26: offline gives the same answers", async () => {
  const site = await stage();
  const visited = await visit(browser, site.url);
  await ready(visited);
  const pastes = [PASTE, "The weather is lovely today.", ...catalog().entries.slice(0, 12).map(({ messages }) => messages[0].text)];
  const answers = async () => {
    const all = [];
    for (const text of pastes) {
      await visited.page.evaluate((text) => document.querySelector("error-diagnoser").diagnose(text), text);
      await visited.page.waitForTimeout(60);
      all.push(await visited.page.evaluate(() => document.querySelector("error-diagnoser").shadowRoot.querySelector(".answer").innerHTML.replace(/"[a-z]+-\d+"/g, "its id")));
    }
    return all;
  };
  const online = await answers();
  await site.stop();
  await visited.context.setOffline(true);
  const offline = await answers();
  offline.forEach((answer, nth) => assert.equal(answer, online[nth], pastes[nth]));
  assert.deepEqual(visited.complaints, []);
});

/** Pages that leak, by one way each: what stands where the box tells that there is a text. */
const LEAKS = {
  fetch: "fetch('./x?' + encodeURIComponent(text)).catch(() => 0)",
  "fetch's body": "fetch('./x', { method: 'POST', body: text }).catch(() => 0)",
  "fetch in base64": "fetch('./x?' + btoa(unescape(encodeURIComponent('ab' + text)))).catch(() => 0)",
  "fetch of a number": "fetch('./x?' + text.length).catch(() => 0)",
  beacon: "navigator.sendBeacon('./x', text)",
  image: "new Image().src = './x?' + encodeURIComponent(text)",
  import: "import('./x.js?' + encodeURIComponent(text)).catch(() => 0)",
  socket: "try { new WebSocket('ws://127.0.0.1:9/' + encodeURIComponent(text)) } catch {}",
  storage: "localStorage.setItem('draft', text)",
  session: "sessionStorage.draft = text",
  database: "indexedDB.open(text)",
  cookie: "document.cookie = 'draft=' + encodeURIComponent(text)",
  history: "history.replaceState(null, '', '#' + encodeURIComponent(text))",
  "history's state": "history.replaceState({ text }, '')",
  title: "document.title = text",
  name: "window.name = text",
  console: "console.debug(text)",
  event: "document.dispatchEvent(new CustomEvent('pasted', { detail: text }))",
  channel: "new BroadcastChannel('x').postMessage(text)",
  message: "parent.postMessage(text, '*')",
  style: "document.body.style.setProperty('--x', text)",
};

test("fault 26: pages that leak, by one way each, are caught", async () => {
  const escaped = [];
  const names = Object.keys(LEAKS);
  const worker = async () => {
    for (let name = names.shift(); name; name = names.shift()) {
      const own = await stage({
        spoil: {
          "portal.html": portal(),
          "element.js": (text) => {
            const hook = "this.listener.ontext();";
            assert.ok(text.includes(hook));
            return text.replace(hook, `${hook}\n((text) => { ${LEAKS[name]} })(this.frame.box.value);`);
          },
        },
      });
      const visited = await visit(browser, `${own.url}portal.html`, { init: wrap });
      await ready(visited);
      const [before, askedBefore] = [visited.requests.length, own.asked.length];
      await put(visited, PASTE);
      const isCaught = async () =>
        visited.requests.length > before || own.asked.length > askedBefore || (await found(visited, own)).length > 0;
      let caught = false;
      for (let turn = 0; turn < 20 && !caught; turn++) {
        await visited.page.waitForTimeout(50);
        caught = await isCaught();
      }
      if (!caught) escaped.push(name);
      await visited.context.close();
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  assert.deepEqual(escaped, []);
});

test("fault 27: the box keeps its text from the browser's own services", async () => {
  const site = await stage();
  const visited = await visit(browser, site.url);
  for (const [name, value] of [["spellcheck", "false"], ["autocomplete", "off"], ["translate", "no"]]) {
    assert.equal(await visited.box.getAttribute(name), value, name);
  }
});

test("fault 28: a report is shown before it is copied, and is what is copied", async () => {
  const site = await stage();
  const visited = await visit(browser, site.url, { permissions: ["clipboard-read", "clipboard-write"] });
  await ready(visited);
  await put(visited, `${MISSING} Authorization: Bearer abcDEF1234567890abcdef user ann@contoso.com`);
  const report = visited.widget.locator(".report").first();
  await report.locator("summary").click();
  const preview = await report.locator("pre").textContent();
  assert.ok(preview.includes("<token-1>") && preview.includes("<email-1>") && !preview.includes("ann@"), preview);
  await report.getByRole("button", { name: en("report.copy") }).click();
  await report.getByText(en("copied")).waitFor();
  assert.equal((await visited.page.evaluate(() => navigator.clipboard.readText())).replaceAll("\r\n", "\n"), preview);
});

test("fault 28: if redaction fails, copying is off", async () => {
  const broken = (glue) => glue.replace(/ret = wasm\.redact\(/, "throw new Error('no redaction'); ret = wasm.redact(");
  const site = await stage({ spoil: { "error_diagnoser_redact.js": broken } });
  const visited = await visit(browser, site.url);
  await ready(visited);
  await put(visited, `${MISSING} password=hunter22`);
  const report = visited.widget.locator(".report").first();
  await report.locator("summary").click();
  await report.getByText(en("report.unsafe")).waitFor();
  assert.equal(await report.locator("pre").count(), 0);
  assert.equal(await report.getByRole("button").count(), 0);
});
