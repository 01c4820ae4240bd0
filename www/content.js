// @ts-check
/**
 * The page that the reader is on as a catalog: a part of it is written down as a Markdown page, block by block, and read by
 * the same parser as every other page. Which element each line came from is kept, so that an answer can lead back to it.
 *
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {{ text: string, catalog: Catalog, sections: Map<string, HTMLElement>, problems: string[] }} Content
 */

import { LoadError, loadAuthor } from "./engine.js";
import { PageWriter } from "./page-writer.js";

/** What was read, for all elements that read the same part; a part that has changed is read anew. @type {WeakMap<Element, { text: string, content: Promise<Content> }>} */
const known = new WeakMap();

/**
 * @param {string} selector `#id`
 * @param {Element} element looks around itself first
 */
export function findContent(selector, element) {
  const id = selector.slice(1);
  const around = element.getRootNode();
  return (around instanceof ShadowRoot ? around.getElementById(id) : null) ?? document.getElementById(id);
}

/**
 * @param {HTMLElement | null} part
 * @param {string} selector
 * @returns {Promise<Content>}
 */
export async function readContent(part, selector) {
  if (!part) throw new LoadError("no-content", "catalog", selector);
  const text = part.textContent ?? "";
  const before = known.get(part);
  if (before?.text === text) return before.content;
  const content = compile(part, selector, text);
  known.set(part, { text, content });
  content.catch(() => known.delete(part));
  return content;
}

/**
 * @param {HTMLElement} part
 * @param {string} selector
 * @param {string} text
 * @returns {Promise<Content>}
 */
async function compile(part, selector, text) {
  const writer = new PageWriter();
  const heading = part.querySelector("h1") ?? document.querySelector("h1");
  const lang = part.closest("[lang]")?.getAttribute("lang") ?? "en";
  writer.front({ title: heading?.innerText || document.title, language: lang });
  writer.blocks(part);
  const { compile: compilePages } = await loadAuthor();
  const { catalog, problems, places } = compilePages([{ path: nameOf(part), text: writer.text }]);
  if ((catalog.entries ?? []).length === 0) {
    const cause = new Error(problems.map(({ line, what, help }) => `line ${line}: ${what}; ${help}`).join("\n"));
    throw new LoadError("no-entries", "catalog", selector, { cause });
  }
  const sections = new Map(places.map(({ entry, line }) => [entry, writer.elementAt(line) ?? part]));
  return { text, catalog, sections, problems: problems.map(({ line, what, help }) => `${line}: ${what}; ${help}`) };
}

/** The product that the entries belong to: what the part of the page is called. @param {HTMLElement} part */
function nameOf(part) {
  return `${part.id || "page"}.md`;
}
