// <error-diagnoser> in a page of somebody else's: when it loads what, its settings, events, slots and places.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { dist, launch, source } from "./harness.mjs";
import { host, page, SNIPPET, visit } from "./host.mjs";

const CONNECTOR = "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";
const TITLE = "Missing connector";
const LIGHT = ["/", "/diagnoser/widget.js"];

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Opens a page of a host, and expects silence on the console unless told otherwise. */
async function on(pages, use, { headers, complaints: expected = [], ...options } = {}) {
  const server = await host(typeof pages === "string" ? { "/": pages } : pages, { headers });
  const opened = await visit(browser, `${server.url}/`, options);
  try {
    await use(opened);
    assert.deepEqual(opened.complaints, expected);
  } finally {
    await opened.close();
    await server.close();
  }
}

/** Waits for what the page tells by its events. */
async function until(condition) {
  for (const end = Date.now() + 15_000; !condition(); await new Promise((resolve) => setTimeout(resolve, 20))) {
    assert.ok(Date.now() < end, `it never came to ${condition}`);
  }
}

const tag = (attributes, inside = "") => SNIPPET.replace("<error-diagnoser>", `<error-diagnoser ${attributes}>${inside}`);

test("two lines in a page: light until the box is used, then an answer", async () => {
  await on(page(SNIPPET), async ({ view, box, answers, requests, events }) => {
    await box.waitFor();
    await view.waitForLoadState("networkidle");
    assert.deepEqual(requests, LIGHT, "one script, and nothing else");
    assert.equal(await view.getByLabel("Your error").count(), 1, "the box has its label before anything is loaded");
    await box.focus();
    await until(() => events.some(({ type }) => type === "ready"));
    assert.ok(requests.includes("/diagnoser/catalog.edc") && requests.includes("/diagnoser/error_diagnoser_bg.wasm"));
    const loaded = requests.length;
    await box.fill(CONNECTOR);
    await answers.first().getByRole("heading", { name: TITLE }).waitFor();
    assert.equal(requests.length, loaded, "nothing more for the answer");
    assert.deepEqual(events.map(({ type }) => type), ["ready", "diagnosis"]);
    assert.deepEqual(events[1].detail, { diagnoses: [{ entry: "itsmc/missing-connector", confidence: "certain" }] });
  });
});

test("the script of the tag is under 8 KB compressed", () => {
  const script = readFileSync(join(dist, "widget.js"));
  assert.ok(gzipSync(script, { level: 9 }).length < 8000, `${gzipSync(script, { level: 9 }).length} bytes as gzip`);
  assert.ok(brotliCompressSync(script).length < 7000);
  assert.ok(!/^import /m.test(script.toString()), "and it loads no other before it is used");
});

test("what it says before its texts are loaded is what the texts say", async () => {
  const { firstTexts } = await import(join(source, "www/first-texts.js"));
  for (const lang of ["en", "nl", "sv", "ko"]) {
    const texts = JSON.parse(readFileSync(join(source, `www/i18n/${lang}.json`), "utf8"));
    const { failed, ...first } = firstTexts(lang);
    assert.ok(failed.length > 20);
    assert.deepEqual(first, {
      label: texts["box.label"],
      placeholder: texts["box.placeholder"],
      privacy: texts["box.privacy"],
      loading: texts.loading,
    });
  }
});

test("what is typed while it loads is kept and answered; the loading is shown and announced", async () => {
  const hold = [];
  const server = await host({ "/": page(SNIPPET) });
  const opened = await visit(browser, `${server.url}/`);
  const { view, box, element, answers } = opened;
  await view.route("**/catalog.{edc,json}", async (route) => {
    await new Promise((resolve) => hold.push(resolve));
    await route.continue();
  });
  await box.focus();
  await element.getByText("One moment, the catalog is being loaded.").first().waitFor();
  assert.ok((await element.getByRole("status").innerText()).includes("One moment") || hold.length > 0);
  await box.pressSequentially(CONNECTOR.slice(0, 60));
  await view.waitForFunction(() => document.querySelector("error-diagnoser").shadowRoot.querySelector(".answer").ariaBusy === "true");
  while (hold.length === 0) await view.waitForTimeout(20);
  hold.forEach((go) => go());
  await answers.first().getByRole("heading", { name: TITLE }).waitFor();
  assert.equal(await box.inputValue(), CONNECTOR.slice(0, 60));
  await opened.close();
  await server.close();
});

test("loading: visible and eager", async () => {
  await on(page(`<div style="height:3000px"></div>${tag('loading="visible"')}`), async ({ view, requests, element }) => {
    await view.waitForLoadState("networkidle");
    assert.deepEqual(requests, LIGHT);
    await element.scrollIntoViewIfNeeded();
    await view.waitForRequest("**/catalog.edc");
  });
  await on(page(tag('loading="eager"')), async ({ events, view }) => {
    await view.waitForFunction(() => document.querySelector("error-diagnoser").shadowRoot?.querySelector(".empty"));
    assert.equal(events[0].type, "ready");
  });
});

test("attributes are properties and react", async () => {
  await on(page(tag('lang="nl" placeholder="Plak hier"')), async ({ view, box, element, answers }) => {
    assert.equal(await box.getAttribute("placeholder"), "Plak hier");
    assert.equal(await element.getByText("Uw foutmelding").count(), 1);
    await box.fill(CONNECTOR);
    await answers.first().waitFor();
    assert.equal(await box.getAttribute("placeholder"), "Plak hier", "also after loading");
    const set = (properties) => view.evaluate((all) => Object.assign(document.querySelector("error-diagnoser"), all), properties);
    await set({ lang: "sv", placeholder: "" });
    await element.getByText("Ditt fel").waitFor();
    assert.ok((await box.getAttribute("placeholder")).startsWith("Klistra"));
    await set({ lang: "en", product: "cas" });
    await answers.filter({ hasText: "cpu-high" }).waitFor({ state: "detached" });
    await set({ product: "" });
    await answers.first().waitFor();
    await set({ layout: "compact", theme: "dark" });
    const state = await view.evaluate(() => {
      const element = document.querySelector("error-diagnoser");
      return [element.getAttribute("layout"), element.theme, getComputedStyle(element).colorScheme, element.shadowRoot.querySelector(".marked").hidden];
    });
    assert.deepEqual(state, ["compact", "dark", "dark", true]);
  });
});

test("at most so many errors at once, and the way to the others", async () => {
  const samples = JSON.parse(readFileSync(join(dist, "samples.json"), "utf8"));
  const several = samples.filter(({ entry, app }) => entry.startsWith("itsmc/") && !app).slice(0, 3).map(({ text }) => text);
  await on(page(tag('max-results="1"')), async ({ box, answers, element }) => {
    await box.fill(several.join("\n\n"));
    await answers.first().waitFor();
    assert.equal(await answers.count(), 1);
    await element.getByRole("button", { name: /^Show \d+ more error/ }).click();
    assert.ok((await answers.count()) > 1);
  });
});

test("methods: diagnose gives the answer, clear empties", async () => {
  await on(page(SNIPPET), async ({ view, box, answers }) => {
    const found = await view.evaluate(async (text) => {
      await customElements.whenDefined("error-diagnoser");
      const report = await document.querySelector("error-diagnoser").diagnose(text);
      return report.diagnoses.map(({ entry }) => entry);
    }, CONNECTOR);
    assert.deepEqual(found, ["itsmc/missing-connector"]);
    assert.equal(await box.inputValue(), CONNECTOR);
    await answers.first().waitFor();
    await view.evaluate(() => document.querySelector("error-diagnoser").clear());
    assert.equal(await box.inputValue(), "");
    await answers.first().waitFor({ state: "detached" });
  });
});

test("events never carry the paste, unless the page asks for it", async () => {
  for (const [attributes, text] of [["", undefined], ["include-paste", `${CONNECTOR} canary`]]) {
    await on(page(tag(attributes)), async ({ box, answers, events, element }) => {
      await box.fill(`${CONNECTOR} canary`);
      await answers.first().waitFor();
      const diagnosis = events.find(({ type }) => type === "diagnosis");
      assert.equal(diagnosis.detail.text, text);
      const others = JSON.stringify(events.filter((event) => event !== diagnosis));
      assert.ok(!others.includes("canary") && !others.includes("cpu-high"), others);
      await box.fill("The weather is lovely today canary");
      await element.getByText("Nothing found").first().waitFor();
      const nothing = events.find(({ type }) => type === "no-match");
      assert.equal(nothing.detail.text, text && "The weather is lovely today canary");
    });
  }
});

test("slots: intro, contact, footer, aside", async () => {
  const slots = '<p slot="intro">Before</p><p slot="contact">Call 4711</p><p slot="footer">After</p><p slot="aside">Beside</p>';
  await on(page(tag("", slots)), async ({ view, box }) => {
    await box.fill("The weather is lovely today.");
    for (const words of ["Before", "Call 4711", "After", "Beside"]) await view.getByText(words, { exact: true }).waitFor();
    const order = await view.evaluate(() => ["intro", "footer"].map((slot) => document.querySelector(`[slot=${slot}]`).getBoundingClientRect().top));
    const top = (await box.boundingBox()).y;
    assert.ok(order[0] < top && top < order[1]);
  });
});

test("parts and custom properties are the page's to style", async () => {
  const style = `<style>error-diagnoser { --error-diagnoser-accent: rgb(1, 2, 3); --error-diagnoser-radius: 7px }
    error-diagnoser::part(box) { border-top-width: 5px } error-diagnoser::part(title) { color: rgb(4, 5, 6) }</style>`;
  await on(page(SNIPPET, { head: style }), async ({ box, answers }) => {
    await box.fill(CONNECTOR);
    await answers.first().waitFor();
    const look = (element) => {
      const { borderTopWidth, borderTopLeftRadius, color } = getComputedStyle(element);
      return { borderTopWidth, borderTopLeftRadius, color };
    };
    const { borderTopWidth, borderTopLeftRadius } = await box.evaluate(look);
    assert.deepEqual([borderTopWidth, borderTopLeftRadius], ["5px", "7px"]);
    assert.equal((await answers.first().getByRole("heading", { name: TITLE }).evaluate(look)).color, "rgb(4, 5, 6)");
  });
});

test("beside the page's own field: an answer when there is one, else nothing; the field is never changed", async () => {
  const form = `<form><label for="ticket">Describe it</label><textarea id="ticket"></textarea></form>${tag('for="ticket"')}`;
  await on(page(form), async ({ view, element, answers, requests, events }) => {
    const field = view.getByLabel("Describe it");
    await view.waitForLoadState("networkidle");
    assert.deepEqual(requests, LIGHT);
    const height = () => element.evaluate((node) => node.getBoundingClientRect().height);
    assert.equal(await height(), 0);
    await field.pressSequentially("Hello, since this morning ");
    await until(() => events.some(({ type }) => type === "ready"));
    await view.waitForTimeout(800);
    assert.equal(await height(), 0, "nothing to say about that");
    assert.deepEqual(events.map(({ type }) => type), ["ready"], "and nothing is told of a text that is being written");
    await field.pressSequentially(CONNECTOR);
    await answers.first().getByRole("heading", { name: TITLE }).waitFor();
    assert.equal(await element.getByRole("textbox").count(), 0, "no second box");
    assert.equal(await field.inputValue(), `Hello, since this morning ${CONNECTOR}`);
    await field.fill("The weather");
    await answers.first().waitFor({ state: "hidden" });
    assert.equal(await height(), 0);
    assert.ok(events.some(({ type }) => type === "diagnosis"));
    assert.ok(!JSON.stringify(events).includes("cpu-high"));
  });
});

test("a field that comes later, and one that is edited in place", async () => {
  await on(page(`<div id="app"></div>${tag('for="note"')}`), async ({ view, answers }) => {
    await view.evaluate(() => {
      const field = document.createElement("div");
      field.id = "note";
      field.contentEditable = "true";
      document.querySelector("#app").append(field);
    });
    await view.locator("#note").click();
    await view.keyboard.insertText(CONNECTOR);
    await answers.first().getByRole("heading", { name: TITLE }).waitFor();
  });
});

test("<div data-error-diagnoser> becomes the element, also when it comes later", async () => {
  const div = '<div data-error-diagnoser data-lang="nl"><p data-slot="contact">Bel 4711</p>Plak uw fout in het formulier.</div>';
  await on(page(`${div}<script type="module" src="/diagnoser/widget.js"></script>`), async ({ view, box, element }) => {
    await view.getByLabel("Uw foutmelding").waitFor();
    await box.fill("Mooi weer vandaag.");
    await view.getByText("Bel 4711").waitFor();
    await view.evaluate(() => {
      document.body.replaceChildren(Object.assign(document.createElement("div"), { id: "later" }));
      document.querySelector("#later").setAttribute("data-error-diagnoser", "");
    });
    await view.waitForFunction(() => document.querySelectorAll("#later > error-diagnoser").length === 1);
    assert.equal(await element.count(), 1);
  });
});

test("in a frame: the height follows by message, to and from the right pages only", async () => {
  const outer = (src) => page(`<script type="module" src="/diagnoser/embed.js"></script><iframe title="Help" src="${src}" style="width:40rem;height:100px"></iframe>`);
  await on(outer("/diagnoser/embed.html#lang=nl&theme=light"), async ({ view }) => {
    const frame = view.frameLocator("iframe");
    await frame.getByLabel("Uw foutmelding").waitFor();
    const height = () => view.evaluate(() => document.querySelector("iframe").clientHeight);
    await view.waitForFunction(() => document.querySelector("iframe").clientHeight > 200);
    const before = await height();
    await frame.getByRole("textbox").fill(CONNECTOR);
    await frame.getByRole("article").first().waitFor();
    await view.waitForFunction((less) => document.querySelector("iframe").clientHeight > less + 50, before);
    // What others say does not count: another origin, another window, no number.
    const now = await height();
    await view.evaluate(() => {
      const { contentWindow } = document.querySelector("iframe");
      const say = (init) => dispatchEvent(new MessageEvent("message", init));
      say({ origin: "https://evil.example", source: contentWindow, data: { errorDiagnoserHeight: 5000 } });
      say({ origin: location.origin, source: window, data: { errorDiagnoserHeight: 5000 } });
      say({ origin: location.origin, source: contentWindow, data: { errorDiagnoserHeight: 1e9 } });
      say({ origin: location.origin, source: contentWindow, data: "5000" });
    });
    assert.equal(await height(), now);
  });
});
