// @ts-check
/** The page around the element: its language, appearance, product and app, and examples to try. It reads no paste. */

import { filterEntries, readAddress, renderEntries, writeAddress } from "./browse.js";
import { applyTheme, remember } from "./choices.js";
import { openDoors } from "./doors.js";
import { load, loadJson } from "./engine.js";
import { button, make } from "./nodes.js";
import { startOffline } from "./offline.js";
import { loadTexts } from "./texts.js";
import "./widget.js";

/**
 * @typedef {import("./types.js").Diagnoser} Diagnoser
 * @typedef {import("./types.js").Sample} Sample
 * @typedef {import("./types.js").Texts} Texts
 */

/** How many examples are offered at once. */
const SHOWN_SAMPLES = 8;

/**
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
function find(selector, type) {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) {
    throw new Error(`index.html has no ${selector}`);
  }
  return element;
}

const widget = /** @type {import("./tag.js").ErrorDiagnoser} */ (find("error-diagnoser", HTMLElement));
const language = find("#language", HTMLSelectElement);
const product = find("#product", HTMLSelectElement);
const app = find("#app", HTMLSelectElement);
const samplesSection = find("#samples", HTMLElement);
const samplesList = find("#samples ul", HTMLUListElement);
const browse = find("#browse", HTMLElement);
const entriesList = find("#entries", HTMLElement);
const entriesCount = find("#entries-count", HTMLElement);
const filter = find("#filter", HTMLInputElement);
const update = find("#update", HTMLElement);
const edition = find("#edition", HTMLElement);

/** @type {Texts | undefined} */
let texts;
/** @type {Diagnoser | undefined} */
let diagnoser;
/** @type {Sample[]} */
let samples = [];

/**
 * The catalog, once an answer that is due is to be seen (where somebody looks). The element says itself what it could not
 * load; the page then only goes without lists and examples.
 */
const shown = load({ catalog: widget.catalog || undefined })
  .catch(() => undefined)
  .then(async (loaded) => {
    await new Promise((resolve) => (document.hidden ? resolve(null) : requestAnimationFrame(() => setTimeout(resolve))));
    return loaded;
  });

/** @param {string} lang */
async function speak(lang) {
  // Where texts cannot be loaded the element says so, and the page stays as it was.
  const loaded = await loadTexts(lang).catch(() => null);
  if (language.value !== lang) {
    return; // The reader has chosen another one meanwhile.
  }
  document.documentElement.removeAttribute("data-waiting");
  if (!loaded) {
    document.documentElement.lang = texts?.lang ?? "en";
    return;
  }
  texts = loaded;
  document.documentElement.lang = lang;
  document.title = texts.say("page.title");
  for (const element of document.querySelectorAll("[data-text]")) {
    if (element instanceof HTMLElement) {
      element.textContent = texts.say(/** @type {import("./types.js").TextKey} */ (element.dataset.text));
    }
  }
  fill();
  // To write its first date takes a browser longer than to find an answer.
  void shown.then(() => setTimeout(sayEdition));
}

/** Which catalog this is, as whoever built the page wrote it there. */
function sayEdition() {
  if (!texts) {
    return;
  }
  const { version = "", date = "" } = edition.dataset;
  // A date without a time: the same day in every time zone.
  const day = new Date(`${date}T00:00:00Z`);
  edition.hidden = version === "";
  edition.textContent = Number.isNaN(day.getTime())
    ? texts.say("page.edition.undated", { version })
    : texts.say("page.edition", { version, date: day.toLocaleDateString(texts.lang, { dateStyle: "long", timeZone: "UTC" }) });
}

/** The product and app lists and the examples, from the catalog, in the language of the page. */
function fill() {
  if (!texts || !diagnoser) {
    return;
  }
  const { lang } = texts;
  const all = diagnoser.entries(lang);
  const entries = all.filter((entry) => widget.product === "" || entry.product === widget.product);
  const named = new Set(entries.flatMap((entry) => entry.apps));
  const apps = diagnoser.apps().filter(({ name }) => named.has(name));
  const products = diagnoser.products(lang);
  setOptions(product, texts.say("page.product.all"), products.map(({ id, title }) => [id, title]), widget.product);
  setOptions(app, texts.say("page.app.all"), apps.map(({ name }) => [name, name]), widget.app);
  fillSamples(lang, diagnoser);
  // The long list by itself, so that nobody who types waits for all of it.
  setTimeout(fillEntries);
}

/**
 * The examples whose entries the catalog has.
 *
 * @param {string} lang
 * @param {Diagnoser} diagnoser
 */
function fillSamples(lang, diagnoser) {
  const heads = new Map(diagnoser.entries(lang).map((entry) => [entry.id, entry]));
  const shown = samples.filter(({ entry }) => heads.has(entry)).slice(0, SHOWN_SAMPLES);
  samplesSection.hidden = shown.length === 0;
  samplesList.replaceChildren(
    ...shown.map((sample) => {
      const head = heads.get(sample.entry);
      const choice = button(head?.title ?? "", () => tryOut(sample), { lang: head?.lang });
      return make("li", {}, choice);
    }),
  );
}

/** The list of all entries, or of those that the filter leaves. */
function fillEntries() {
  if (!texts || !diagnoser) {
    return;
  }
  const found = filterEntries(diagnoser.entries(texts.lang), filter.value);
  entriesList.replaceChildren(...renderEntries(texts, found, diagnoser.products(texts.lang)));
  entriesCount.textContent = texts.say("browse.count", { count: found.length });
  browse.hidden = false;
}

/**
 * @param {HTMLSelectElement} select
 * @param {string} all what the choice of everything reads
 * @param {[value: string, label: string][]} options
 * @param {string} chosen
 */
function setOptions(select, all, options, chosen) {
  select.replaceChildren(new Option(all, ""), ...options.map(([value, label]) => new Option(label, value)));
  select.value = chosen;
  // An app that the page's address or the element names and the list does not have stays chosen, and visible.
  if (select.value !== chosen) {
    select.append(new Option(chosen, chosen, true, true));
  }
  select.disabled = false;
}

/** @param {Sample} sample */
function tryOut(sample) {
  widget.clear();
  // An example is to be found, whatever the search was narrowed to before.
  widget.product = "";
  widget.app = sample.app ?? "";
  fill();
  widget.diagnose(sample.text);
  if (widget.getBoundingClientRect().top < 0) {
    widget.scrollIntoView();
  }
}

function startLanguage() {
  language.value = document.documentElement.lang;
  language.addEventListener("change", () => {
    remember("language", language.value);
    widget.lang = language.value;
    void speak(language.value);
  });
  void speak(language.value);
}

function startBrowsing() {
  const follow = (/** @type {boolean} */ isAsked) => {
    const { entry, lang } = readAddress(location.hash);
    if (lang && lang !== language.value) {
      // For this visit only: an address is not a choice of the reader's.
      language.value = lang;
      document.documentElement.lang = lang;
      widget.lang = lang;
      void speak(lang);
    }
    widget.entry = entry;
    if (entry && isAsked) {
      widget.focusAnswer();
      widget.scrollIntoView();
    }
  };
  // A link to the entry that stands there already changes nothing in the address.
  entriesList.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLAnchorElement && target.hash === location.hash) follow(true);
  });
  addEventListener("hashchange", () => follow(true));
  widget.addEventListener("entry", () => history.replaceState(null, "", location.pathname));
  if (location.protocol !== "file:") {
    const here = new URL(location.pathname, location.href);
    widget.addressOf = (entry) => new URL(writeAddress(entry, language.value), here).href;
  }
  filter.addEventListener("input", fillEntries);
  follow(false);
}

/** A newer version is offered while there is nothing to lose, and is used when the reader says so. */
function offerUpdate(/** @type {() => void} */ use) {
  const fit = () => (update.hidden = !widget.isEmpty);
  update.querySelector("button")?.addEventListener("click", () => widget.isEmpty && use(), { once: true });
  for (const type of ["input", "diagnosis", "no-match", "click"]) widget.addEventListener(type, fit);
  fit();
}

function startTheme() {
  const chosen = document.documentElement.dataset.theme ?? "auto";
  for (const radio of document.querySelectorAll("#theme input")) {
    if (radio instanceof HTMLInputElement) {
      radio.checked = radio.value === chosen;
      radio.addEventListener("change", () => {
        remember("theme", radio.value);
        applyTheme(radio.value);
      });
    }
  }
}

function startChoices() {
  product.addEventListener("change", () => {
    widget.product = product.value;
    // An app of another product would hide everything of this one.
    const entries = diagnoser?.entries("en").filter((entry) => entry.product === product.value) ?? [];
    if (product.value !== "" && !entries.some((entry) => entry.apps.includes(widget.app))) {
      widget.app = "";
    }
    fill();
  });
  app.addEventListener("change", () => {
    widget.app = app.value;
    fill();
  });
  widget.addEventListener("narrowed", fill);
}

async function startCatalog() {
  diagnoser = await shown;
  fill();
  const url = new URL("./samples.json", import.meta.url);
  samples = /** @type {Sample[]} */ (await loadJson(url, "samples").catch(() => []));
  if (texts && diagnoser) fillSamples(texts.lang, diagnoser);
}

startTheme();
startChoices();
startLanguage();
startBrowsing();
openDoors(widget);
// The worker fetches everything once more; the answer comes first.
void startCatalog().then(() => startOffline(offerUpdate));
