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
 * @returns {Promise<Texts>}
 */
export function loadTexts(lang) {
  let texts = loaded.get(lang);
  if (!texts) {
    texts = loadJson(/** @type {URL} */ (FILES[lang] ?? FILES.en), "texts").then((data) => speak(lang, /** @type {Messages} */ (data)));
    loaded.set(lang, texts);
    texts.catch(() => loaded.delete(lang));
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
  const plurals = new Intl.PluralRules(lang);
  const numbers = new Intl.NumberFormat(lang);
  const lists = new Intl.ListFormat(lang, { type: "conjunction" });
  return {
    lang,
    list: (items) => lists.format(items),
    number: (value) => numbers.format(value),
    say(key, values = {}) {
      const message = messages[key] ?? key;
      const text =
        typeof message === "string" ? message : (message[plurals.select(Number(values.count))] ?? message.other ?? key);
      return text.replace(/\{(\w+)\}/g, (whole, name) => {
        const value = values[name];
        return typeof value === "number" ? numbers.format(value) : (value ?? whole);
      });
    },
  };
}
