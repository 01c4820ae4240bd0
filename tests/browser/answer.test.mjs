// What stands in an answer and beside it: why, one cause at a time, steps to tick, the marked text, no answer.

import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, test } from "node:test";

import { launch, open, paste, serve, speak } from "./harness.mjs";

const MISSING = "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";
const SEVERAL =
  "Okta: HttpRequestFailure: Server returned: 404 Not Found\nUser Not Authenticated\nOffice 365: SocketTimeoutException: Read timed out";
const TWO_CAUSES = "Something went wrong. Could not get connection details.";

let site;
let browser;
let opened;
let say;

before(async () => {
  site = await serve("--port", "0");
  browser = await launch();
  say = await speak(site.url);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});
beforeEach(async () => (opened = await open(browser, site.url)));
afterEach(async () => {
  const { complaints, page } = opened;
  await page.context().close();
  assert.deepEqual(complaints, []);
});

test("why this answer: how it was recognised and what spoke against the next", async () => {
  const { answers } = opened;
  await paste(opened, "HttpRequestFailure: Server returned: 404 Not Found (Okta)");
  const why = answers.first().locator("details.why");
  await why.locator("summary").click();
  const text = await why.innerText();
  assert.ok(text.includes(say("why.whole")), text);
  assert.ok(text.includes(say("why.next.code")), text);
  assert.match(text, /\d+%/);
});

test("a question about the cause is answered by a button, with a way back, and focus stays on the way", async () => {
  const { answers, page } = opened;
  await paste(opened, TWO_CAUSES);
  const group = answers.first().getByRole("group", { name: say("situations", { count: 2 }) });
  const choices = group.getByRole("button");
  await choices.first().waitFor();
  assert.equal(await choices.count(), 2);
  assert.equal(await answers.first().getByRole("heading", { name: say("steps"), exact: true }).count(), 0, "no steps before the choice");
  const first = await choices.first().innerText();
  await choices.first().focus();
  await page.keyboard.press("Enter");
  const back = answers.first().getByRole("button", { name: say("situations.other") });
  await back.waitFor();
  assert.ok((await answers.first().innerText()).includes(first));
  assert.equal(await focused(page), say("situations.other"));
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), first, "the way back leads to where it was");
  await answers.first().getByRole("button", { name: say("situations.unsure", { count: 2 }) }).click();
  assert.equal(await answers.first().getByRole("heading", { name: say("cause"), exact: true }).count(), 2);
});

test("what did not help leads to the next cause, then to the next entry, then to the end", async () => {
  const { answers, page } = opened;
  await page.evaluate(() => {
    window.told = [];
    for (const type of ["solved", "unsolved"]) addEventListener(type, (event) => window.told.push([type, event.detail.entry]));
  });
  await paste(opened, TWO_CAUSES);
  const card = answers.first();
  const [first, second] = await card.getByRole("group").first().getByRole("button").allInnerTexts();
  await card.getByRole("button", { name: first }).click();
  await card.getByRole("button", { name: say("feedback.no") }).click();
  assert.ok((await card.innerText()).includes(second), "the second cause");
  const asked = card.getByRole("button", { name: say("feedback.no") });
  for (let round = 0; round < 5 && (await asked.count()) > 0; round += 1) {
    await asked.click();
  }
  await card.getByText(say("feedback.end")).waitFor();
  await paste(opened, MISSING);
  await answers.first().getByRole("button", { name: say("feedback.yes") }).click();
  await answers.first().getByText(say("feedback.solved")).waitFor();
  const told = await page.evaluate(() => window.told);
  assert.deepEqual(told[0], ["unsolved", "itsmc/lack-of-connection-details"]);
  assert.deepEqual(told.at(-1), ["solved", "itsmc/missing-connector"]);
});

test("ticks stay while the page is open", async () => {
  const { answers, page } = opened;
  await paste(opened, MISSING);
  const ticks = () => answers.first().getByRole("checkbox");
  await ticks().first().waitFor();
  assert.equal(await ticks().count(), 3);
  await ticks().nth(1).check();
  await paste(opened, "The weather is lovely today.");
  await answers.first().waitFor({ state: "detached" });
  await paste(opened, MISSING);
  await page.locator("select#language").selectOption("sv");
  await answers.first().getByText("Orsak").waitFor();
  assert.deepEqual(await Promise.all([0, 1, 2].map((nth) => ticks().nth(nth).isChecked())), [false, true, false]);
});

test("the marks are the evidence, letter for letter, and lead to the answer and back", async () => {
  const { page, answers } = opened;
  await paste(opened, SEVERAL);
  await answers.nth(2).waitFor();
  const marked = page.locator(".marked");
  const marks = await marked.locator(".lines mark").evaluateAll((all) => all.map((mark) => [mark.dataset.kind, mark.textContent, mark.dataset.of]));
  assert.deepEqual(marks.filter(([kind]) => kind === "app"), [["app", "Okta", "0"], ["app", "Office 365", "2"]]);
  assert.ok(marks.some(([kind, text]) => kind === "literal" && text.includes("User Not Authenticated")));
  const shown = await marked.locator(".line .code").evaluateAll((all) =>
    all.map((line) => [...line.childNodes].filter((node) => node.nodeName !== "BUTTON").map((node) => node.textContent).join("")));
  assert.equal(shown.join("\n"), SEVERAL, "nothing of the paste is lost or added");
  const second = marked.locator(".line .number").nth(1);
  await second.focus();
  assert.equal(await answers.nth(1).evaluate((card) => card.classList.contains("lit")), true, "focus on a mark shows its answer");
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /User not authenticated/);
  assert.equal(await marked.locator("mark.lit").count(), 1, "focus in an answer shows its marks");
  await answers.nth(2).hover();
  assert.deepEqual(await marked.locator("mark.lit").evaluateAll((all) => [...new Set(all.map((mark) => mark.dataset.of))]), ["2"]);
});

test("several answers have a list to jump by", async () => {
  const { page, answers } = opened;
  await paste(opened, SEVERAL);
  await answers.nth(2).waitFor();
  const jumps = page.getByRole("navigation", { name: say("jumps") }).getByRole("button");
  assert.equal(await jumps.count(), 3);
  await jumps.nth(2).click();
  assert.match(await focused(page), /Office 365 timed out/);
  const top = () => answers.nth(2).evaluate((card) => card.getBoundingClientRect().top / innerHeight);
  // The page scrolls smoothly.
  for (let wait = 0; wait < 30 && (await top()) >= 1; wait += 1) await page.waitForTimeout(100);
  assert.ok((await top()) < 1);
});

test("a long text is folded to what matters, with line numbers and a strip to jump by", async () => {
  const { page, answers, box } = opened;
  const filler = (from, to) => Array.from({ length: to - from }, (_, nth) => `12:00:0${nth % 10} INFO tick ${from + nth}`);
  const lines = [...filler(0, 300), MISSING, ...filler(300, 700), MISSING, ...filler(700, 900), MISSING, MISSING, MISSING];
  await box.fill(lines.join("\n"));
  await answers.first().waitFor();
  const marked = page.locator(".marked");
  assert.ok((await marked.locator(".line").count()) < 40, "not all of 905 lines");
  assert.equal(await marked.locator('.line[data-line="300"] .at').innerText(), "301");
  await marked.getByRole("button", { name: say("marked.lines", { count: 298 }) }).waitFor();
  assert.match(await marked.locator(".strips").innerText(), new RegExp(say("marked.times", { count: 5 })));
  assert.match(await answers.first().innerText(), /5 times, on lines 301, 702, 903/);
  const next = marked.getByRole("button", { name: say("marked.next", { title: "Missing connector" }) });
  for (let press = 0; press < 5; press += 1) await next.click();
  await marked.locator('.line[data-line="904"]').waitFor();
  assert.equal(await focused(page), "›", "the button keeps its focus");
  await marked.getByRole("button", { name: say("marked.lines", { count: 298 }) }).click();
  assert.equal(await marked.locator('.line[data-line="150"]').count(), 1, "a stretch unfolds");
});

test("no answer: what is missing, whom to ask, a draft to start from", async () => {
  const { page, answers } = opened;
  await paste(opened, "2024-01-02 10:00:00 ERROR Widget 'blue' (550e8400-e29b-41d4-a716-446655440000) lost its cog 12345");
  await page.getByRole("heading", { name: say("nothing.title") }).waitFor();
  assert.equal(await answers.count(), 0);
  await page.getByText(say("nothing.contact")).waitFor();
  await page.locator("summary", { hasText: say("draft") }).click();
  const draft = await page.locator(".draft pre").innerText();
  assert.match(draft, /\*\*Error\*\*: Widget '\{name\}' \(\{id\}\) lost its cog \{number\}/);
  assert.match(draft, /^## Title \{#[a-z-]+\}/);
  await page.getByRole("button", { name: say("draft.copy") }).click();
  await page.getByRole("button", { name: say("copied") }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), draft);
});

test("a portal's own contact stands where nothing is found", async () => {
  const { page } = opened;
  await page.evaluate(() => {
    const contact = document.createElement("p");
    contact.slot = "contact";
    contact.textContent = "Call extension 1234.";
    document.querySelector("error-diagnoser").append(contact);
  });
  await paste(opened, "The weather is lovely today.");
  await page.getByText("Call extension 1234.").waitFor();
  assert.ok(!(await page.getByText(say("nothing.contact")).isVisible()));
});

/** The text of what has the focus, inside the element. */
function focused(page) {
  return page.evaluate(() => {
    const { activeElement } = document.querySelector("error-diagnoser").shadowRoot;
    return activeElement?.textContent ?? "";
  });
}
