// @ts-check
/**
 * Several catalogs as one: the later lies over the earlier. An entry of the same id replaces the one below, `hidden` takes
 * entries away that lie below, and what a catalog does not say shows through. One that cannot be loaded is left out.
 *
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").Diagnoser} Diagnoser
 * @typedef {import("./types.js").Inline} Inline
 * @typedef {import("./settings.js").Source} Source
 *
 * @typedef {object} Layers
 * @property {Diagnoser} diagnoser
 * @property {Record<string, Inline[]>} contact whom to ask when nothing is found, by language
 * @property {(entry: string) => HTMLElement | null} section where an entry stands on the page itself
 * @property {() => boolean} isCurrent whether the parts of the page that were read are still what they were
 */

import { LoadError, load, readCatalog } from "./engine.js";

/** Only for pages that are their own catalog. */
const content = () => import("./content.js");

/** Diagnosers of several layers, by their addresses, shared by all elements of a page. @type {Map<string, Promise<Diagnoser>>} */
const layered = new Map();

/**
 * @param {Source[]} sources the built-in catalog when empty
 * @param {Element & { integrity: string }} element around which parts of the page are looked for; `integrity` counts for a single address
 * @param {(error: LoadError) => void} onfailure told of every source that cannot be used
 * @param {Layers} [earlier] what worked until now: better than the built-in catalog when nothing of the new can be used
 * @returns {Promise<Layers>}
 * @throws {LoadError} where not even the built-in catalog can be used
 */
export async function loadLayers(sources, element, onfailure, earlier) {
  const wanted = sources.length > 0 ? sources : ["builtin"];
  const found = await Promise.all(
    wanted.map((source) =>
      read(source, element, wanted.length === 1).catch((error) => {
        onfailure(error instanceof LoadError ? error : new LoadError("unknown", "catalog", String(source), { cause: error }));
        return null;
      }),
    ),
  );
  const layers = found.filter((layer) => layer !== null);
  if (layers.length === 0 && earlier) return earlier;
  // The built-in catalog is better than none; the failure stays visible above its answers.
  if (layers.length === 0) layers.push(await read("builtin", element, true));
  const diagnoser = await join(layers).catch(async (error) => {
    if (!(error instanceof LoadError) || error.part !== "catalog") throw error;
    onfailure(error);
    return earlier?.diagnoser ?? load();
  });
  return {
    diagnoser,
    contact: diagnoser.contact(),
    isCurrent: () => layers.every((layer) => layer.isCurrent?.() ?? true),
    section: (entry) => layers.findLast(({ sections }) => sections?.has(entry))?.sections?.get(entry) ?? null,
  };
}

/**
 * What is known, counted for whoever asks: it takes as long as to find an answer.
 *
 * @param {Layers} layers
 */
export function contents({ diagnoser }) {
  return {
    get entries() {
      return diagnoser.entries("en").length;
    },
    get languages() {
      return diagnoser.languages();
    },
  };
}

/**
 * @typedef {object} Layer
 * @property {string | null} url null where it has no address
 * @property {string} [integrity]
 * @property {Catalog | null} catalog null where it goes to the engine as it is
 * @property {Map<string, HTMLElement>} [sections]
 * @property {() => boolean} [isCurrent]
 */

/**
 * @param {Source} source
 * @param {Element & { integrity: string }} element
 * @param {boolean} isOnly no other lies over or under it
 * @returns {Promise<Layer>}
 */
async function read(source, element, isOnly) {
  if (typeof source === "string" && source.startsWith("#")) {
    const { findContent, readContent } = await content();
    const part = findContent(source, element);
    const { catalog, sections, text } = await readContent(part, source);
    return { url: null, catalog, sections, isCurrent: () => findContent(source, element)?.textContent === text };
  }
  if (typeof source === "object" && !(source instanceof URL)) {
    return { url: null, catalog: parse(JSON.stringify(source), "catalog") };
  }
  const url = String(source);
  if (isOnly) return { url, integrity: source === "builtin" ? "" : element.integrity, catalog: null };
  return { url, catalog: parse(await readCatalog(source === "builtin" ? undefined : source), source) };
}

/**
 * @param {string} text
 * @param {string | URL} url
 * @returns {Catalog}
 */
function parse(text, url) {
  let catalog;
  try {
    catalog = JSON.parse(text);
  } catch (cause) {
    throw new LoadError("not-json", "catalog", url, { cause });
  }
  const wrong = misshapen(catalog);
  if (wrong) throw new LoadError("invalid", "catalog", url, { cause: new Error(wrong) });
  return catalog;
}

/** What keeps a catalog from being laid over another, if anything; all else is the engine's to judge. @param {any} catalog */
function misshapen(catalog) {
  const isObject = (/** @type {unknown} */ data) => typeof data === "object" && data !== null && !Array.isArray(data);
  if (!isObject(catalog)) return "the catalog is not an object";
  for (const field of ["products", "apps", "entries"]) {
    const list = catalog[field] ?? [];
    if (!Array.isArray(list) || !list.every(isObject)) return `${field} is not a list of objects`;
  }
  const hidden = catalog.hidden ?? [];
  if (!Array.isArray(hidden) || !hidden.every((id) => typeof id === "string")) return "hidden is not a list of entry ids";
  const contact = catalog.contact ?? {};
  if (!isObject(contact) || !Object.values(contact).every(Array.isArray)) return "contact is not a list of pieces of text by language";
  return null;
}

/**
 * @param {Layer[]} layers
 * @returns {Promise<Diagnoser>}
 */
async function join(layers) {
  const [only] = layers;
  if (only && only.url !== null && only.catalog === null) {
    return load(only.url === "builtin" ? {} : { catalog: only.url, integrity: only.integrity ?? "" });
  }
  const key = layers.every(({ url }) => url !== null) ? layers.map(({ url }) => new URL(url ?? "", document.baseURI).href).join(" ") : null;
  const known = key === null ? undefined : layered.get(key);
  const diagnoser = known ?? load({ catalog: merge(layers.map(({ catalog }) => catalog).filter((catalog) => catalog !== null)) });
  if (key !== null && !known) {
    layered.set(key, diagnoser);
    diagnoser.catch(() => layered.delete(key));
  }
  return diagnoser;
}

/**
 * @param {Catalog[]} catalogs
 * @returns {Catalog}
 */
export function merge(catalogs) {
  /** @type {Map<string, NonNullable<Catalog["products"]>[number]>} */
  const products = new Map();
  /** @type {Map<string, NonNullable<Catalog["apps"]>[number]>} */
  const apps = new Map();
  /** @type {NonNullable<Catalog["entries"]>} */
  let entries = [];
  for (const catalog of catalogs) {
    for (const product of catalog.products ?? []) {
      products.set(product.id, { ...product, titles: { ...products.get(product.id)?.titles, ...product.titles } });
    }
    for (const app of catalog.apps ?? []) {
      const aliases = new Set([...(apps.get(app.name)?.aliases ?? []), ...(app.aliases ?? [])]);
      apps.set(app.name, { ...app, aliases: [...aliases] });
    }
    const above = catalog.entries ?? [];
    // Two entries of the same id in one catalog are a mistake, which the engine tells.
    const covered = new Set([...(catalog.hidden ?? []), ...above.map(({ id }) => id)]);
    entries = [...entries.filter(({ id }) => !covered.has(id)), ...above];
  }
  const format = Math.max(...catalogs.map((catalog) => catalog.format));
  const contact = Object.assign({}, ...catalogs.map((catalog) => catalog.contact));
  return { format, products: [...products.values()], apps: [...apps.values()], entries, contact };
}
