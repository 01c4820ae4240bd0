// @ts-check
/**
 * The workbench: an author's files, what is wrong with them, and pastes tried against them, all in this page.
 *
 * @typedef {import("./types.js").AuthorFile} AuthorFile
 * @typedef {import("./types.js").Problem} Problem
 * @typedef {import("./types.js").Texts} Texts
 * @typedef {import("./types.js").Workbench} Workbench
 */

import { remember } from "./choices.js";
import { loadAuthor } from "./engine.js";
import { button } from "./nodes.js";
import { loadTexts } from "./texts.js";
import { Editor } from "./workbench-editor.js";
import { renderCross, renderFound, renderProblems, renderProposal, sayCounts } from "./workbench-render.js";

/** The workbench's own texts; readers do not load them. @type {Record<string, URL>} */
const TEXTS = {
  en: new URL("./i18n/workbench/en.json", import.meta.url),
  nl: new URL("./i18n/workbench/nl.json", import.meta.url),
  sv: new URL("./i18n/workbench/sv.json", import.meta.url),
  ko: new URL("./i18n/workbench/ko.json", import.meta.url),
};

/** How many samples are run at one go: a few milliseconds of work. */
const SAMPLES = 8;
/** After this long without a keystroke the samples are run, in milliseconds. */
const IDLE = 400;

const EXAMPLE = [
  "---",
  "product: shop",
  "title: Shop",
  "language: en",
  "---",
  "",
  "## Out of stock {#out-of-stock}",
  "",
  "**Error**: Item {sku} is out of stock in store {store}",
  "",
  "**Cause**: Nothing of {sku} is left in {store}.",
  "",
  "**Resolution**: Order more of it.",
  "",
].join("\n");
const EXAMPLE_SAMPLES = [
  "[[sample]]",
  'entry = "shop/out-of-stock"',
  'text = "ERROR: item A-17 is out of stock in store Gent"',
  "",
  "[[sample]]",
  'entry = "shop/out-of-stock"',
  'text = "The shelves of store Gent were counted again"',
  "finds = false",
  "",
].join("\n");

/**
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
function find(selector, type) {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) {
    throw new Error(`workbench.html has no ${selector}`);
  }
  return element;
}

const language = find("#language", HTMLSelectElement);
const failed = find("#failed", HTMLElement);
const tabs = find("#tabs", HTMLUListElement);
const box = find("#text", HTMLTextAreaElement);
const counts = find("#counts", HTMLElement);
const problemList = find("#problems", HTMLUListElement);
const crossList = find("#cross", HTMLElement);
const paste = find("#paste", HTMLTextAreaElement);
const found = find("#found", HTMLElement);
const delta = find("#delta", HTMLElement);
const save = find("#save", HTMLElement);

/** @type {Texts | undefined} */
let texts;
/** @type {Workbench | undefined} */
let bench;
/** @type {AuthorFile[]} */
let files = [
  { path: "shop/en.md", text: EXAMPLE },
  { path: "shop/samples.toml", text: EXAMPLE_SAMPLES },
];
let shown = 0;
/** @type {ReturnType<Workbench["update"]> | undefined} */
let looked;
/** @type {Problem[]} */
let problems = [];
/** An earlier catalog.json, or "". */
let earlier = "";
/** Whether a look is under way; keystrokes that come meanwhile share the next one. */
let isWaiting = false;
let idle = 0;

const editor = new Editor(box, find(".gutter", HTMLElement), () => {
  const file = files[shown];
  if (file) {
    file.text = editor.text;
  }
  lookSoon();
});

function lookSoon() {
  if (!isWaiting) {
    isWaiting = true;
    // After the keystroke is painted.
    setTimeout(() => {
      isWaiting = false;
      look();
    });
  }
}

/** Compiles the files and says what is wrong with them; what the samples show follows when the author pauses. */
function look() {
  if (!bench || !texts) {
    return;
  }
  looked = bench.update(files);
  show(looked.problems);
  tryPaste();
  compare();
  clearTimeout(idle);
  idle = window.setTimeout(prove, IDLE);
}

/** Runs the samples a few at a time; the next keystroke puts an end to it. */
function prove() {
  if (!bench || !looked) {
    return;
  }
  const before = looked;
  /** @type {Problem[]} */
  const shown = [...before.problems, ...bench.coverage()];
  /** @type {ReturnType<Workbench["prove"]>["cross"]} */
  const cross = [];
  const step = (/** @type {number} */ from) => {
    if (!bench || !texts || looked !== before) {
      return;
    }
    if (from < before.samples) {
      const proved = bench.prove(from, SAMPLES);
      shown.push(...proved.problems);
      cross.push(...proved.cross);
      idle = window.setTimeout(() => step(from + SAMPLES));
      return;
    }
    show(shown);
    crossList.replaceChildren(...renderCross(texts, cross));
  };
  idle = window.setTimeout(() => step(0));
}

/** @param {Problem[]} all */
function show(all) {
  if (!texts || !looked) {
    return;
  }
  problems = all;
  counts.textContent = sayCounts(texts, looked, all);
  problemList.replaceChildren(...renderProblems(texts, all, goTo));
  markLines();
}

function markLines() {
  editor.mark(problems.filter(({ path }) => path === files[shown]?.path));
}

/** @param {Problem} problem */
function goTo({ path, line }) {
  const at = files.findIndex((file) => file.path === path);
  if (at >= 0) {
    open(at);
    editor.goTo(line);
  }
}

/** @param {number} at */
function open(at) {
  shown = at;
  const file = files[at];
  editor.show(file?.text ?? "");
  box.disabled = !file;
  fillTabs();
  markLines();
}

function fillTabs() {
  if (!texts) {
    return;
  }
  const { say } = texts;
  tabs.replaceChildren(
    ...files.map(({ path }, at) => {
      const item = document.createElement("li");
      item.append(button(path, () => open(at), { "aria-pressed": String(at === shown) }));
      return item;
    }),
  );
  box.setAttribute("aria-label", say("workbench.page", { path: files[shown]?.path ?? "" }));
  save.replaceChildren(
    button(say("workbench.save.catalog"), () => bench && download("catalog.json", bench.catalog())),
    ...files.map((file) => button(say("workbench.save.file", { path: file.path }), () => download(file.path, file.text))),
  );
}

function tryPaste() {
  if (!bench || !texts || !looked) {
    return;
  }
  const text = paste.value;
  if (text.trim() === "") {
    found.replaceChildren();
    return;
  }
  const report = looked.usable ? bench.diagnose(text, texts.lang) : null;
  if (!report) {
    found.replaceChildren(texts.say("workbench.unusable"));
    return;
  }
  const isFound = report.diagnoses.some(({ confidence }) => confidence !== "possible");
  const nodes = renderFound(texts, report);
  found.replaceChildren(...nodes, ...(isFound ? [] : [button(texts.say("workbench.draft"), () => propose(text))]));
}

/** @param {string} text */
function propose(text) {
  const proposal = bench?.draft(text);
  if (!texts || !proposal) {
    return;
  }
  const insert = () => {
    // The page that is shown, or the first one when samples are shown.
    const at = files[shown]?.path.endsWith(".toml") ? files.findIndex(({ path }) => !path.endsWith(".toml")) : shown;
    const file = files[at];
    if (file) {
      file.text = `${file.text.trimEnd()}\n\n${proposal.section}`;
      const samples = files.find(({ path }) => path.endsWith(".toml"));
      if (samples && proposal.samples !== "") {
        samples.text = `${samples.text.trimEnd()}\n\n${proposal.samples}`;
      }
      open(at);
      lookSoon();
    }
  };
  found.replaceChildren(...renderProposal(texts, proposal, insert));
}

function compare() {
  delta.hidden = earlier === "";
  if (bench && earlier !== "") {
    try {
      delta.textContent = bench.delta(earlier);
    } catch (error) {
      delta.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}

/**
 * @param {string} path
 * @param {string} text
 */
function download(path, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = path.split("/").pop() ?? path;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {Iterable<File>} list */
async function take(list) {
  const taken = await Promise.all([...list].map(async (file) => ({ path: file.webkitRelativePath || file.name, text: await file.text() })));
  for (const file of taken) {
    const known = files.find(({ path }) => path === file.path);
    if (known) {
      known.text = file.text;
    } else {
      files.push(file);
    }
  }
  const first = taken[0];
  if (first) {
    open(files.findIndex(({ path }) => path === first.path));
    lookSoon();
  }
}

/** @param {string} lang */
async function speak(lang) {
  const loaded = await loadTexts(lang, TEXTS);
  if (language.value !== lang) {
    return;
  }
  texts = loaded;
  document.documentElement.lang = lang;
  document.documentElement.removeAttribute("data-waiting");
  document.title = texts.say("workbench.title");
  paste.placeholder = texts.say("workbench.hint");
  for (const element of document.querySelectorAll("[data-text]")) {
    if (element instanceof HTMLElement) {
      element.textContent = texts.say(/** @type {import("./types.js").TextKey} */ (element.dataset.text));
    }
  }
  open(shown);
  look();
}

function listen() {
  language.value = document.documentElement.lang;
  language.addEventListener("change", () => {
    remember("language", language.value);
    void speak(language.value);
  });
  const opened = find("#open", HTMLInputElement);
  opened.addEventListener("change", async () => {
    // The example made room for something real.
    files = files.filter(({ text }) => text !== EXAMPLE && text !== EXAMPLE_SAMPLES);
    await take(opened.files ?? []);
    opened.value = "";
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    files = files.filter(({ text }) => text !== EXAMPLE && text !== EXAMPLE_SAMPLES);
    void take(event.dataTransfer?.files ?? []);
  });
  find("#new", HTMLButtonElement).addEventListener("click", () => {
    files.push({ path: `page-${files.length + 1}.md`, text: EXAMPLE });
    open(files.length - 1);
    lookSoon();
  });
  find("#remove", HTMLButtonElement).addEventListener("click", () => {
    files.splice(shown, 1);
    open(Math.max(0, shown - 1));
    lookSoon();
  });
  paste.addEventListener("input", tryPaste);
  const older = find("#earlier", HTMLInputElement);
  older.addEventListener("change", async () => {
    earlier = (await older.files?.[0]?.text()) ?? "";
    compare();
  });
  find("#remember", HTMLButtonElement).addEventListener("click", () => {
    earlier = bench?.catalog() ?? "";
    compare();
  });
}

async function start() {
  listen();
  try {
    const [glue] = await Promise.all([loadAuthor(), speak(language.value)]);
    bench = new glue.Workbench();
    look();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    failed.textContent = texts?.say("workbench.failed", { why }) ?? why;
    failed.hidden = false;
    document.documentElement.removeAttribute("data-waiting");
  }
}

void start();
