// Catalogs of a portal's own: several in layers, what goes wrong with them, and a page that is its own catalog.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { dist, launch, source } from "./harness.mjs";
import { host, page, SNIPPET, visit } from "./host.mjs";

const CONNECTOR = "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";
const tag = (attributes, inside = "") => SNIPPET.replace("<error-diagnoser>", `<error-diagnoser ${attributes}>${inside}`);

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** A catalog of one product. */
function catalog(entries, more = {}) {
  return {
    format: 1,
    products: [{ id: "shop", titles: { en: "Shop" } }],
    entries: entries.map(([id, message, title]) => ({
      id,
      product: id.split("/")[0],
      messages: [{ lang: "en", text: message }],
      texts: { en: { title, situations: [{ when: null, cause: [{ text: "Because." }], steps: [[{ text: "Do it." }]] }] } },
    })),
    ...more,
  };
}

/** Opens a page, pastes a text, gives the shown titles. Loading a catalog that fails complains on the console; that is asked for. */
async function on(pages, use, options = {}) {
  const server = await host(pages, options);
  const opened = await visit(browser, `${server.url}/`, options);
  try {
    await use({ ...opened, url: server.url });
  } finally {
    await opened.close();
    await server.close();
  }
}

const titles = (answers) => answers.locator("h2").allInnerTexts();
const SOLD = "Item A-17 is sold out in store Gent";

test("the later catalog lies over the earlier; what it does not say shows through", async () => {
  const first = catalog([["shop/sold-out", "Item {sku} is sold out in store {store}", "From the first"], ["shop/other", "The till of {store} is out of paper again", "Only in the first"]]);
  const second = catalog([["shop/sold-out", "Item {sku} is sold out in store {store}", "From the second"]]);
  const pages = {
    "/": page(tag('catalog="builtin /first.json /second.json"')),
    "/first.json": JSON.stringify(first),
    "/second.json": JSON.stringify(second),
  };
  await on(pages, async ({ box, answers, complaints, requests }) => {
    await box.fill(`${SOLD}\n\nThe till of Gent is out of paper again\n\n${CONNECTOR}`);
    await answers.first().waitFor();
    assert.deepEqual((await titles(answers)).map((title) => title.replace(/^\d/, "").trim()), ["From the second", "Only in the first", "Missing connector"]);
    assert.deepEqual(complaints, []);
    assert.equal(requests.filter((path) => path === "/diagnoser/catalog.json").length, 1);
  });
});

test("without builtin, only what was named answers", async () => {
  const pages = { "/": page(tag('catalog="/own.json"')), "/own.json": JSON.stringify(catalog([["shop/sold-out", "Item {sku} is sold out in store {store}", "Ours"]])) };
  await on(pages, async ({ box, answers, element, requests }) => {
    await box.fill(CONNECTOR);
    await element.getByText("Nothing found").first().waitFor();
    await box.fill(SOLD);
    await answers.first().waitFor();
    assert.deepEqual(await titles(answers), ["Ours"]);
    assert.ok(!requests.includes("/diagnoser/catalog.json"));
  });
});

test("hidden entries are not found, and the catalog says whom to ask", async () => {
  const over = { format: 1, hidden: ["itsmc/missing-connector"], contact: { en: [{ text: "Write to " }, { link: { href: "https://help.example/", content: [{ text: "our help desk" }] } }], nl: [{ text: "Bel 4711" }] } };
  await on({ "/": page(tag('catalog="builtin /over.json"')), "/over.json": JSON.stringify(over) }, async ({ box, element, answers, view, events }) => {
    await box.fill("The weather is lovely today.");
    const link = element.getByRole("link", { name: /our help desk/ });
    await link.waitFor();
    assert.equal(await link.getAttribute("href"), "https://help.example/");
    await view.evaluate(() => (document.querySelector("error-diagnoser").lang = "nl"));
    await element.getByText("Bel 4711").waitFor();
    await box.fill(CONNECTOR);
    await element.page().waitForTimeout(500);
    assert.ok(!JSON.stringify(events).includes('"entry":"itsmc/missing-connector"'), JSON.stringify(events));
    assert.equal(await answers.filter({ hasText: "cpu-high" }).count(), 0);
  });
});

test("a link in a catalog that is no https or mailto is only its words", async () => {
  const over = { format: 1, contact: { en: [{ link: { href: "javascript:window.stolen=1", content: [{ text: "click here" }] } }] } };
  await on({ "/": page(tag('catalog="builtin /over.json"')), "/over.json": JSON.stringify(over) }, async ({ box, element }) => {
    await box.fill("The weather is lovely today.");
    await element.getByText("click here").waitFor();
    assert.equal(await element.getByRole("link", { name: "click here" }).count(), 0);
  });
});

test("a catalog as an object, and an address with the hash of its file", async () => {
  const own = catalog([["shop/sold-out", "Item {sku} is sold out in store {store}", "Ours"]]);
  await on({ "/": page(SNIPPET) }, async ({ view, box, answers }) => {
    await view.evaluate((given) => (document.querySelector("error-diagnoser").catalog = ["builtin", given]), own);
    await box.fill(`${SOLD}\n\n${CONNECTOR}`);
    await answers.nth(1).waitFor();
  });
  const bytes = Buffer.from(JSON.stringify(own));
  const { createHash } = await import("node:crypto");
  const right = createHash("sha384").update(bytes).digest("base64");
  const wrong = createHash("sha384").update("other").digest("base64");
  for (const [hash, sentence] of [[right, null], [wrong, /is another file than the page asks for/]]) {
    await on({ "/": page(tag(`catalog="/own.json#sha384-${hash}"`)), "/own.json": bytes }, async ({ box, answers, element }) => {
      await box.fill(SOLD);
      if (sentence) await element.getByText(sentence).waitFor();
      else await answers.first().waitFor();
    });
  }
});

const broken = {
  "404": [(_, response) => response.writeHead(404).end("gone"), "status", /status 404/],
  html: [(_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>Sign in"), "html", /web page instead/],
  "html that is called JSON": [(_, response) => response.writeHead(200, { "content-type": "application/json" }).end("<!doctype html>"), "html", /web page instead/],
  truncated: [(_, response) => response.writeHead(200, { "content-type": "application/json" }).end('{"format":1,"entries":[{"id"'), "not-json", /not whole JSON/],
  "newer version": [(_, response) => response.end(JSON.stringify({ format: 99, entries: [] })), "invalid", /has problems/],
  "another shape": [(_, response) => response.end(JSON.stringify({ format: 1, contact: "me", entries: [] })), "invalid", /has problems/],
  "broken off": [(_, response) => (response.writeHead(200, { "content-length": "1000" }), response.write("{"), response.socket.destroy()), "network", /cannot be reached/],
};
for (const [name, [answer, code, sentence]] of Object.entries(broken)) {
  test(`a catalog that is ${name}: said in a sentence, and the built-in one answers`, async () => {
    await on({ "/": page(tag('catalog="/own.json"')), "/own.json": answer }, async ({ box, answers, element, events }) => {
      await box.fill(CONNECTOR);
      await answers.first().getByRole("heading", { name: "Missing connector" }).waitFor();
      await element.getByText(sentence).first().waitFor();
      await element.getByText("Answers come from the built-in catalog for now.").waitFor();
      const failure = events.find(({ type }) => type === "catalog-error");
      assert.equal(failure.detail.code, code);
    });
  });
}

test("one of several that fails leaves the others", async () => {
  const own = catalog([["shop/sold-out", "Item {sku} is sold out in store {store}", "Ours"]]);
  await on({ "/": page(tag('catalog="/gone.json /own.json"')), "/own.json": JSON.stringify(own) }, async ({ box, answers, element }) => {
    await box.fill(SOLD);
    await answers.first().getByRole("heading", { name: "Ours" }).waitFor();
    await element.getByText(/status 404/).waitFor();
  });
});

test("another origin without CORS: said so; with it, it answers; neither cookies nor referrer go along", async () => {
  const own = JSON.stringify(catalog([["shop/sold-out", "Item {sku} is sold out in store {store}", "Ours"]]));
  const asked = [];
  const other = await host({
    "/closed.json": (_, response) => response.writeHead(200, { "content-type": "application/json" }).end(own),
    "/open.json": (request, response) => {
      asked.push(request.headers);
      response.writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" }).end(own);
    },
  });
  for (const [file, sentence] of [["closed", /cannot be reached/], ["open", null]]) {
    await on({ "/": page(tag(`catalog="${other.url}/${file}.json"`)) }, async ({ box, answers, element }) => {
      await box.fill(SOLD);
      if (sentence) await element.getByText(sentence).waitFor();
      else await answers.first().waitFor();
    });
  }
  assert.deepEqual([asked[0].cookie, asked[0].referer], [undefined, undefined]);
  await other.close();
});

/** A help article in HTML, as a documentation system makes it of a page. */
const ARTICLE = `<main id="content"><h1>Coffee machine</h1>
<nav><a href="#grinder">Grinder</a></nav>
<h2 id="grinder">Grinder blocked<a class="headerlink" href="#grinder" title="Link">¶</a></h2>
<p><strong>Error</strong>: Grinder of machine <em>{machine}</em> is blocked: <code>E-17</code></p>
<p><strong>Cause</strong>: A bean is stuck in {machine}. See <a href="https://coffee.example/beans?a=1&amp;b=(2)">the beans</a>.</p>
<p><strong>Resolution</strong>:</p>
<ol><li>Switch it off.</li><li><p>Take the bean out with <code>tongs*</code>.</p><ul><li>Not with your hand.</li></ul></li></ol>
<div class="fold"><details><summary>No water</summary><dl><dt>Error</dt><dd>The tank of the machine holds no water [W_2]</dd>
<dt>Cause</dt><dd>It is empty.</dd><dt>Resolution</dt><dd>Fill it.</dd></dl></details></div>
<h2>More</h2>
<table><thead><tr><th>Error message</th><th>Cause</th><th>Resolution</th></tr></thead><tbody>
<tr id="milk"><td>Milk foamer 3 | hose not connected</td><td>The hose<br>is loose.</td><td><ul><li>Push it in.</li></ul></td></tr>
<tr><td>Descaling programme was interrupted</td><td>The door was opened.</td><td>Start it <b>again</b>.</td></tr></tbody></table></main>`;

test("the page is the catalog: sections, folded sections and tables of its own", async () => {
  await on({ "/": page(`${tag('catalog="#content"')}<div style="height:2000px"></div>${ARTICLE}<div style="height:2000px"></div>`) }, async ({ view, box, answers, element, complaints, events }) => {
    await box.fill("13:07 grinder of machine K2 is blocked: E-17");
    const answer = answers.first();
    await answer.getByRole("heading", { name: "Grinder blocked" }).waitFor();
    assert.ok((await answer.innerText()).includes("A bean is stuck in K2"));
    assert.equal(await answer.getByRole("link", { name: /the beans/ }).getAttribute("href"), "https://coffee.example/beans?a=1&b=(2)");
    assert.ok((await answer.getByRole("listitem").allInnerTexts()).some((step) => step.includes("tongs*") && step.includes("Not with your hand")));
    await answer.getByRole("button", { name: "Show it on this page" }).click();
    await view.waitForFunction(() => Math.abs(document.querySelector("#grinder").getBoundingClientRect().top) < 40);
    assert.equal(await view.evaluate(() => document.activeElement.id), "grinder");

    await box.fill("The tank of the machine holds no water [W_2]");
    await answer.getByRole("heading", { name: "No water" }).waitFor();
    await answer.getByRole("button", { name: "Show it on this page" }).click();
    await view.waitForFunction(() => document.querySelector("details").open);

    await box.fill("warning: Milk foamer 3 | hose not connected");
    await answer.getByText("Push it in.").waitFor();
    await answer.getByRole("button", { name: "Show it on this page" }).click();
    await view.waitForFunction(() => document.activeElement.id === "milk");

    await box.fill("Descaling programme was interrupted");
    await answer.getByText("The door was opened.").waitFor();
    await box.fill(CONNECTOR);
    await element.getByText("Nothing found").first().waitFor();
    assert.deepEqual(complaints, []);
    assert.deepEqual(events.filter(({ type }) => type === "catalog-error"), []);
  });
});

test("a page that changes is read anew; one without the part, or without errors, says so", async () => {
  await on({ "/": page(`${tag('catalog="#content"')}<main id="content"><h1>Toaster</h1></main>`) }, async ({ view, box, answers, element }) => {
    await box.focus();
    await element.getByText(/could be read as an error/).waitFor();
    await view.evaluate((html) => {
      const other = new DOMParser().parseFromString(html, "text/html").querySelector("main");
      document.querySelector("#content").replaceWith(other);
      document.activeElement.blur();
    }, ARTICLE);
    await element.getByRole("button", { name: "Try again" }).click();
    await box.fill("grinder of machine K2 is blocked: E-17");
    await answers.first().getByRole("heading", { name: "Grinder blocked" }).waitFor();
    // Navigation without loading: the same id, another text.
    await view.evaluate(() => (document.querySelector("#content h2").firstChild.data = "Grinder jammed"));
    await view.evaluate(() => document.querySelector("error-diagnoser").shadowRoot.activeElement?.blur());
    await box.focus();
    await answers.first().getByRole("heading", { name: "Grinder jammed" }).waitFor();
  });
  await on({ "/": page(tag('catalog="#nowhere"')) }, async ({ box, element }) => {
    await box.focus();
    await element.getByText("This page has no part #nowhere").waitFor();
  });
});

test("our own pages as HTML give what they give as Markdown", async () => {
  // The pages without script that build makes of the catalog are HTML of another writer's.
  const markdown = readFileSync(join(source, "catalog/itsmc/en.md"), "utf8");
  const ids = [...markdown.matchAll(/^## .*\{#([\w/-]+)\}/gm)].map(([, id]) => id);
  const samples = JSON.parse(readFileSync(join(dist, "samples.json"), "utf8")).filter(({ entry }) => entry.startsWith("itsmc/"));
  const html = toHtml(markdown);
  await on({ "/": page(`${tag('catalog="#content"')}<main id="content">${html}</main>`) }, async ({ view }) => {
    const found = await view.evaluate(async (texts) => {
      await customElements.whenDefined("error-diagnoser");
      const element = document.querySelector("error-diagnoser");
      const answers = [];
      for (const text of texts) answers.push((await element.diagnose(text)).diagnoses[0]?.entry.split("/").slice(1).join("/"));
      return answers;
    }, samples.map(({ text }) => text));
    assert.deepEqual(found, samples.map(({ entry }) => entry.slice("itsmc/".length)));
    assert.ok(ids.length >= 9 && samples.length > 2);
  });
});

/** As much Markdown as that page uses. */
function toHtml(markdown) {
  const inline = (text) =>
    text
      .replace(/&/g, "&amp;").replace(/</g, "&lt;")
      .replace(/`([^`]+)`/g, "<code>$1</code>")
      .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
      .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '<a href="https://learn.example/$2">$1</a>');
  const body = markdown.replace(/^---[\s\S]*?\n---\n/, "");
  return body.split(/\n{2,}/).map((block) => {
    const heading = /^(#+) (.*?)(?: \{#([\w/-]+)\})?$/.exec(block.trim());
    if (heading) return `<h${heading[1].length} id="${heading[3] ?? ""}">${inline(heading[2])}</h${heading[1].length}>`;
    if (/^(\*|-|\d+\.) /.test(block)) {
      const kind = /^\d/.test(block) ? "ol" : "ul";
      return `<${kind}>${block.split(/\n(?=(?:\*|-|\d+\.) )/).map((item) => `<li>${inline(item.replace(/^(\*|-|\d+\.) /, ""))}</li>`).join("")}</${kind}>`;
    }
    return `<p>${inline(block)}</p>`;
  }).join("\n");
}
