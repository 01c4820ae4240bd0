// @ts-check
/**
 * The interface texts of a language, with plurals, lists and numbers as that language writes them.
 *
 * @typedef {import("./types.js").Texts} Texts
 */

import { loadJson } from "./engine.js";

/** Written out, because bundlers follow no address that is put together. @type {Record<string, URL>} */
const FILES = {
  en: new URL("./i18n/en.json", import.meta.url),
  nl: new URL("./i18n/nl.json", import.meta.url),
  sv: new URL("./i18n/sv.json", import.meta.url),
  ko: new URL("./i18n/ko.json", import.meta.url),
};

/** @type {Map<string, Promise<Texts>>} */
const loaded = new Map();

/**
 * @param {string} lang one of `LANGUAGES`
 * @param {Record<string, URL>} [files] where they are; those of the element and its page when left out
 * @returns {Promise<Texts>}
 */
export function loadTexts(lang, files = FILES) {
  const url = /** @type {URL} */ (files[lang] ?? files.en);
  let texts = loaded.get(url.href);
  if (!texts) {
    texts = loadJson(url, "texts").then((data) => speak(lang, /** @type {Messages} */ (data)));
    loaded.set(url.href, texts);
    texts.catch(() => loaded.delete(url.href));
  }
  return texts;
}

/**
 * A text, or one for each plural category of `Intl.PluralRules`.
 *
 * @typedef {Record<string, string | Record<string, string>>} Messages
 */

/**
 * @param {string} lang
 * @param {Messages} messages
 * @returns {Texts}
 */
function speak(lang, messages) {
  // Each takes a browser some milliseconds to make, and the first answer may need none.
  const plurals = later(() => new Intl.PluralRules(lang));
  const numbers = later(() => new Intl.NumberFormat(lang));
  const lists = later(() => new Intl.ListFormat(lang, { type: "conjunction" }));
  // All our languages write small numbers alike.
  const number = (/** @type {number} */ value) => (value >= 0 && value < 1000 && Number.isInteger(value) ? String(value) : numbers().format(value));
  return {
    lang,
    list: (items) => (items.length > 1 ? lists().format(items) : (items[0] ?? "")),
    number,
    size: (bytes) => sizeOf(lang, bytes),
    say(key, values = {}) {
      const message = messages[key] ?? key;
      const text =
        typeof message === "string" ? message : (message[plurals().select(Number(values.count))] ?? message.other ?? key);
      return text.replace(/\{(\w+)\}/g, (whole, name) => {
        const value = values[name];
        return typeof value === "number" ? number(value) : (value ?? whole);
      });
    },
  };
}

/**
 * @template T
 * @param {() => T} make
 */
function later(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}

/** @type {[number, string][]} */
const UNITS = [[1e9, "gigabyte"], [1e6, "megabyte"], [1e3, "kilobyte"], [0, "byte"]];

/**
 * @param {string} lang
 * @param {number} bytes
 */
function sizeOf(lang, bytes) {
  const [least, unit] = UNITS.find(([from]) => bytes >= from) ?? [0, "byte"];
  return new Intl.NumberFormat(lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / (least || 1));
}
