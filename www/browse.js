// @ts-check
/**
 * All entries by product and app, to be read without pasting anything; each has an address, `#/itsmc/missing-connector`.
 *
 * @typedef {import("./types.js").EntryHead} EntryHead
 * @typedef {import("./types.js").Texts} Texts
 */

import { LANGUAGES } from "./language.js";
import { make } from "./nodes.js";

/** Characters of an address that are looked at: ids are short, and addresses come from strangers. */
const LONGEST = 400;

/**
 * What an address asks for: an entry and a language, and nothing else.
 *
 * @param {string} hash
 * @returns {{ entry: string, lang: string }}
 */
export function readAddress(hash) {
  const match = /^#\/([^?]*)(?:\?(.*))?$/.exec(hash.slice(0, LONGEST));
  const lang = new URLSearchParams(match?.[2] ?? "").get("lang") ?? "";
  return { entry: decoded(match?.[1] ?? ""), lang: LANGUAGES.includes(lang) ? lang : "" };
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * @param {string} entry
 * @param {string} [lang]
 */
export function writeAddress(entry, lang) {
  const path = entry.split("/").map(encodeURIComponent).join("/");
  return `#/${path}${lang ? `?lang=${lang}` : ""}`;
}

/**
 * @param {Texts} texts
 * @param {EntryHead[]} entries
 * @param {{ id: string, title: string }[]} products
 * @returns {HTMLElement[]}
 */
export function renderEntries(texts, entries, products) {
  return products.flatMap(({ id, title }) => {
    const own = entries.filter(({ product }) => product === id);
    if (own.length === 0) {
      return [];
    }
    const apps = [...new Set(own.map((entry) => group(texts, entry)))].sort(new Intl.Collator(texts.lang).compare);
    const groups = apps.map((app) => {
      const items = own.filter((entry) => group(texts, entry) === app).map((entry) => renderItem(texts, entry));
      return make("section", {}, apps.length > 1 && make("h4", {}, app), make("ul", { role: "list" }, ...items));
    });
    return [make("section", { class: "product" }, make("h3", {}, title), make("div", { class: "groups" }, ...groups))];
  });
}

/**
 * @param {Texts} texts
 * @param {EntryHead} entry
 */
function group(texts, { apps }) {
  return apps.length === 0 ? texts.say("apps.all") : texts.list(apps);
}

/**
 * @param {Texts} texts
 * @param {EntryHead} entry
 */
function renderItem(texts, { id, title, lang }) {
  return make("li", {}, make("a", { href: writeAddress(id), lang: lang === texts.lang ? undefined : lang }, title));
}

/**
 * The entries that have every word of a filter in title, message, app or product.
 *
 * @param {EntryHead[]} entries
 * @param {string} filter
 */
export function filterEntries(entries, filter) {
  const words = folded(filter).split(/\s+/).filter(Boolean);
  return entries.filter(({ id, title, message, apps }) => {
    const text = folded([id, title, message, ...apps].join(" "));
    return words.every((word) => text.includes(word));
  });
}

/** As people compare words: without case and accents. @param {string} text */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
