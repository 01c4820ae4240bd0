// Faults 17 to 20: address, storage, messages. That nothing of a paste gets there is proved in silence.test.mjs.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { launch, run } from "../browser/harness.mjs";
import { MISSING, portal, put, ready, shown, stage, strike, texts, visit } from "./stage.mjs";

let browser;
let site;
before(async () => {
  run(["build"]);
  browser = await launch();
});
beforeEach(async () => (site = await stage()));
afterEach(strike);
after(() => browser?.close());

test("fault 17: the fragment carries an entry and a language, and nothing else counts", async () => {
  const visited = await visit(browser, `${site.url}#/itsmc/missing-connector?lang=nl&app=Okta&catalog=https://x.example/c.json&text=canary`);
  await visited.answers.first().waitFor();
  assert.equal(await visited.page.evaluate(() => document.documentElement.lang), "nl");
  const settings = await visited.page.evaluate(() => {
    const { app, catalog, product } = document.querySelector("error-diagnoser");
    return { app, catalog, product };
  });
  assert.deepEqual(settings, { app: "", catalog: "", product: "" });
  assert.ok(!(await visited.page.content()).includes("canary"));
  assert.ok(!visited.requests.some((url) => url.includes("x.example")));
  assert.deepEqual(visited.complaints, []);
});

test("fault 17: unknown and malformed fragments are text", async () => {
  for (const fragment of ["#/no/such-entry", "#/%3Cimg%20src%3Dx%20onerror%3Dstolen%3D1%3E", "#/<img src=x onerror=stolen=1>", "#/%E0%A4%A", "#/?lang=<b>", "#/__proto__", "#<script>stolen=1</script>", "#/%00"]) {
    const visited = await visit(browser, `${site.url}${fragment}`);
    await ready(visited);
    const found = await visited.page.evaluate(() => ({
      stolen: window.stolen,
      nodes: document.querySelector("error-diagnoser").shadowRoot.querySelectorAll("img, script, b").length,
    }));
    assert.deepEqual(found, { stolen: undefined, nodes: 0 }, fragment);
    await put(visited, MISSING);
    await visited.answers.first().getByText("cpu-high").first().waitFor();
    assert.deepEqual(visited.complaints, [], fragment);
    await strike();
    site = await stage();
  }
  // What is read of an address is a language that there is, or none; what is done with it is others' business.
  const visited = await visit(browser, site.url);
  const read = await visited.page.evaluate(async () => {
    const { readAddress } = await import("./source/browse.js");
    return ["#/a/b?lang=nl", "#/a/b?lang=<b>", "#/a/b?lang=xx", "#/%E0%A4%A?lang=NL"].map(readAddress);
  });
  assert.deepEqual(read, [{ entry: "a/b", lang: "nl" }, { entry: "a/b", lang: "" }, { entry: "a/b", lang: "" }, { entry: "%E0%A4%A", lang: "" }]);
});

test("fault 17: a fragment of 1 MB does not delay the page", async () => {
  // The browser itself takes its time for such an address; what counts is what the page adds to that.
  site.spoil["bare.html"] = portal({ body: "<error-diagnoser hidden></error-diagnoser>", scripts: [] });
  const long = `#/${"a%41".repeat(250_000)}`;
  const time = async (path, isReady) => {
    const visited = await visit(browser, "about:blank");
    const start = performance.now();
    await visited.page.goto(site.url + path);
    if (isReady) await ready(visited);
    assert.deepEqual(visited.complaints, []);
    return performance.now() - start;
  };
  await time("", true);
  const [bare, bareLong] = [await time("bare.html"), await time(`bare.html${long}`)];
  const [page, pageLong] = [await time("", true), await time(long, true)];
  // Every request of the page tells the test's watch its address, so some of that is the watch's.
  assert.ok(pageLong - page < 5 * (bareLong - bare) + 2500, `${[bare, bareLong, page, pageLong]}`);
  // In the page itself: the fragment is looked at in no time.
  const visited = await visit(browser, site.url);
  const taken = await visited.page.evaluate(async (hash) => {
    const { readAddress } = await import("./source/browse.js");
    const start = performance.now();
    readAddress(hash);
    return performance.now() - start;
  }, long);
  assert.ok(taken < 20, `${taken} ms`);
});

test("fault 19: storage holds language and theme, and nothing else", async () => {
  const visited = await visit(browser, site.url);
  await ready(visited);
  await put(visited, MISSING);
  await visited.page.locator("#language").selectOption("sv");
  await visited.page.locator("#theme input[value=dark]").check({ force: true });
  await visited.page.waitForTimeout(200);
  const kept = await visited.page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    cookies: document.cookie,
    databases: await indexedDB.databases(),
  }));
  assert.deepEqual(kept, {
    local: { "error-diagnoser.language": "sv", "error-diagnoser.theme": "dark" },
    session: {},
    cookies: "",
    databases: [],
  });
});

test("fault 19: blocked storage is no error", async () => {
  const init = () => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException("blocked", "SecurityError"); } });
    }
    Object.defineProperty(Document.prototype, "cookie", { get: () => { throw new DOMException("blocked", "SecurityError"); } });
  };
  const visited = await visit(browser, site.url, { init });
  await ready(visited);
  await visited.page.locator("#language").selectOption("nl");
  await put(visited, MISSING);
  await visited.answers.first().getByText("cpu-high").first().waitFor();
  assert.deepEqual(visited.complaints, []);
});

test("fault 20: the page's query names no catalog, and a message to the page does nothing", async () => {
  const visited = await visit(browser, `${site.url}?catalog=https://x.example/c.json&lang=nl&text=canary&app=Okta`);
  await ready(visited);
  const before = await shown(visited);
  await visited.page.evaluate(() => {
    for (const data of ["use", "shared", { catalog: "https://x.example/c.json" }, { type: "diagnose", text: "canary" }]) {
      window.postMessage(data, "*");
      document.querySelector("error-diagnoser").dispatchEvent(new MessageEvent("message", { data }));
    }
  });
  await visited.page.waitForTimeout(300);
  assert.equal(await shown(visited), before);
  assert.equal(await visited.box.inputValue(), "");
  assert.ok(!visited.requests.some((url) => url.includes("x.example/c.json") && !url.startsWith(site.url)));
  assert.deepEqual(visited.complaints, []);
});
