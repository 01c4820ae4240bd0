// @ts-check
/**
 * The engine and what it needs: catalogs, texts, samples. It runs in browsers and in Node. All requests happen before a
 * paste is read: `diagnose` is a plain function call into WebAssembly.
 *
 * @typedef {import("./types.js").Diagnoser} Diagnoser
 * @typedef {import("./types.js").Part} Part
 * @typedef {import("./types.js").Glue} Glue
 * @typedef {import("./types.js").Options} Options
 * @typedef {import("./types.js").Report} Report
 */

import { LoadError, WASM_DIRECTIVE } from "./load-error.js";
import { start } from "./modules.js";
import { asText, noPage, readBytes } from "./request.js";
import { piecesOf, scan } from "./scan.js";
import { MOST_TOLD, explainedLater, toldLater } from "./told-later.js";

export { LoadError, WASM_DIRECTIVE, piecesOf };


/** The engine. */
const ENGINE = "error_diagnoser";
/** Redaction. */
const REDACT = "error_diagnoser_redact";
/** What only some catalogs need. */
const TOOLS = "error_diagnoser_tools";
/** For authors. */
const AUTHOR = "error_diagnoser_author";

/** The built-in catalog, made ready, and what it was made from. */
const READY = new URL("./catalog.edc", import.meta.url);
const CATALOG = new URL("./catalog.json", import.meta.url);

/** How a catalog begins that was made ready. */
const MAGIC = [0x45, 0x44, 0x43, 0];

/** How an address says what file is meant. */
const INTEGRITY = /^#sha(?:256|384|512)-/;

/** How long what nobody asked for waits, in milliseconds. */
const LATER = 1000;

/** How often the engine has broken down. What was made before the last time is of no use. */
let breakdowns = 0;

/** Catalogs as they were read, by their address. @type {Map<string, Promise<Uint8Array>>} */
const catalogs = new Map();

/** Diagnosers by the address of their catalog, shared by all elements of a page. @type {Map<string, Promise<Diagnoser>>} */
const diagnosers = new Map();

/**
 * A diagnoser for a catalog: an address (as a string it is relative to the page), or the catalog itself as an object. The
 * engine is started once; `wasm` names another address for it and counts the first time only. `integrity` says which file
 * the catalog must be, as the attribute of that name on a script does.
 *
 * @param {{ catalog?: URL | string | object | undefined, wasm?: URL | string, integrity?: string }} [options]
 * @returns {Promise<Diagnoser>}
 * @throws {LoadError}
 */
export async function load({ catalog, wasm, integrity = "" } = {}) {
  const engine = () => (wasm === undefined ? start(ENGINE) : start(ENGINE, absolute(wasm)));
  if (typeof catalog === "object" && !(catalog instanceof URL)) {
    const [ready, glue] = await Promise.all([compiled(new TextEncoder().encode(JSON.stringify(catalog)), "catalog"), engine()]);
    return build(ready, "catalog", glue);
  }
  const url = absolute(catalog ?? READY);
  const key = `${integrity} ${url.href}`;
  let diagnoser = diagnosers.get(key);
  if (!diagnoser) {
    const glue = engine();
    const from = (/** @type {URL} */ address) => Promise.all([ready(address, integrity), glue]).then(([made, it]) => build(made, address, it));
    // Where the one made ready is not there, or another version made it, the one that it was made from is as good.
    diagnoser = catalog === undefined ? from(READY).catch((error) => (isOfCatalog(error) ? from(CATALOG) : Promise.reject(error))) : from(url);
    diagnosers.set(key, diagnoser);
    // A failure is not kept, so that trying again does try again.
    diagnoser.catch(() => diagnosers.delete(key));
  }
  return diagnoser;
}

/** @param {unknown} error */
function isOfCatalog(error) {
  return error instanceof LoadError && error.part === "catalog";
}

/**
 * A catalog as it lies at its address.
 *
 * @param {URL} url
 * @param {string} integrity which file it must be; else what its address says after `#` (`#sha384-…`), so that each of
 *   several can say it
 */
function read(url, integrity) {
  const file = integrity || (INTEGRITY.test(url.hash) ? url.hash.slice(1) : "");
  const key = `${file} ${url.href}`;
  let bytes = catalogs.get(key);
  if (!bytes) {
    bytes = readBytes(url, "catalog", file);
    catalogs.set(key, bytes);
    bytes.catch(() => catalogs.delete(key));
  }
  return bytes;
}

/** @param {Uint8Array} bytes */
function isReady(bytes) {
  return MAGIC.every((byte, at) => bytes[at] === byte);
}

/**
 * A catalog made ready, with what was left out of it.
 *
 * @typedef {{ bytes: Uint8Array, problems: string[] }} Ready
 *
 * @param {URL} url
 * @param {string} integrity
 * @returns {Promise<Ready>}
 */
async function ready(url, integrity) {
  const bytes = await read(url, integrity);
  if (isReady(bytes)) return { bytes, problems: [] };
  noPage(bytes, url, "catalog");
  return compiled(bytes, url);
}

/**
 * A `catalog.json` made ready. It stays bytes: as a string it would be copied twice more.
 *
 * @param {Uint8Array} json
 * @param {URL | string} url
 * @returns {Promise<Ready>}
 */
async function compiled(json, url) {
  /** @type {import("./types.js").ToolsGlue} */
  const tools = await start(TOOLS);
  try {
    const made = new tools.Compiled(json);
    return { bytes: made.bytes(), problems: made.problems() };
  } catch (cause) {
    if (cause instanceof WebAssembly.RuntimeError) throw brokenDown(tools, TOOLS, cause);
    throw new LoadError(isJson(new TextDecoder().decode(json)) ? "invalid" : "not-json", "catalog", url, { cause });
  }
}

/**
 * The text of a catalog, as `catalog.json` has it.
 *
 * @param {URL | string} [catalog] the built-in one when left out
 * @param {string} [integrity]
 * @returns {Promise<string>}
 * @throws {LoadError}
 */
export async function readCatalog(catalog = CATALOG, integrity = "") {
  const url = absolute(catalog);
  const bytes = await read(url, integrity);
  if (!isReady(bytes)) return asText(bytes, url, "catalog");
  /** @type {import("./types.js").ToolsGlue} */
  const tools = await start(TOOLS);
  try {
    return tools.json(bytes);
  } catch (cause) {
    throw new LoadError("invalid", "catalog", url, { cause });
  }
}

/**
 * The authors' module: pages in Markdown → a catalog, and the workbench. Loaded only where it is asked for.
 *
 * @returns {Promise<import("./types.js").AuthorGlue>}
 * @throws {LoadError}
 */
export function loadAuthor() {
  return start(AUTHOR);
}

/**
 * A text without its secrets. The module for it is on its way since there is a diagnoser.
 *
 * @param {string} text
 * @returns {Promise<import("./types.js").Redaction>}
 */
async function redact(text) {
  /** @type {import("./types.js").RedactGlue} */
  const glue = await start(REDACT);
  try {
    return glue.redact(text);
  } catch (cause) {
    throw brokenDown(glue, REDACT, cause);
  }
}

/**
 * Data that the page brings along (texts, samples).
 *
 * @param {URL} url
 * @param {Part} part
 * @returns {Promise<unknown>}
 * @throws {LoadError}
 */
export async function loadJson(url, part) {
  const text = asText(await readBytes(url, part), url, part);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LoadError("not-json", part, url, { cause });
  }
}

/**
 * A trap in WebAssembly leaves its memory in no state to go on with: nobody uses that instance again. The next one is made
 * of the same compiled module, at once and without a request.
 *
 * @template T
 * @param {Glue} glue
 * @param {() => T} call
 * @returns {T}
 */
function guard(glue, call) {
  try {
    return call();
  } catch (cause) {
    throw brokenDown(glue, ENGINE, cause);
  }
}

/**
 * Starts a module afresh that broke down, and says so.
 *
 * @param {{ __wbg_reset_state(): void }} glue
 * @param {string} name
 * @param {unknown} cause
 */
function brokenDown(glue, name, cause) {
  if (name === ENGINE) breakdowns += 1;
  glue.__wbg_reset_state();
  return new LoadError("breakdown", "engine", name, { cause });
}

/**
 * @param {Ready} catalog
 * @param {URL | string} url
 * @param {Glue} glue
 * @returns {Promise<Diagnoser>}
 */
async function build({ bytes, problems }, url, glue) {
  /** @type {((expression: string, text: string) => unknown[]) | null} */
  let matches = null;
  const make = () => {
    // Set each time, because a fresh instance knows nothing of it.
    if (matches) glue.expressions(matches);
    return { inner: new glue.Diagnoser(bytes), of: breakdowns };
  };
  // The class of the glue has doors (free) that would break the others who share it.
  /** @type {ReturnType<typeof make>} */
  let made;
  try {
    made = make();
  } catch (cause) {
    if (cause instanceof WebAssembly.RuntimeError) throw brokenDown(glue, ENGINE, cause);
    throw new LoadError("invalid", "catalog", url, { cause });
  }
  if (made.inner.hasExpressions()) {
    matches = matching(await start(TOOLS));
    made = make();
  }
  // Reports can be asked for from now on, and by then nothing may have to be fetched.
  start(REDACT).catch(() => undefined);
  const inner = () => {
    if (made.of !== breakdowns) made = make();
    return made.inner;
  };
  later((step) => guard(glue, () => inner().warmUp(step)));
  const entry = (/** @type {string} */ id, /** @type {string} */ lang) => guard(glue, () => inner().entry(id, lang));
  const whole = (/** @type {import("./types.js").FlatReport} */ report, /** @type {Options | undefined} */ options) =>
    toldLater(report, (id) => entry(id, options?.lang ?? ""));
  return {
    diagnose: (paste, options = {}) => {
      const answered = (/** @type {boolean} */ explain) => whole(guard(glue, () => inner().diagnose(paste, asked({ ...options, explain }))), options);
      return options.explain ? explainedLater(answered(false), () => answered(true)) : answered(false);
    },
    scan: (source, options = {}) => {
      const scanner = guard(glue, () => inner().scan(asked(options)));
      return scan(guarded(glue, scanner), source, options).then((report) => whole(report, options));
    },
    redact,
    entry,
    entries: once((lang) => guard(glue, () => inner().entries(lang))),
    apps: once(() => guard(glue, () => inner().apps())),
    products: once((lang) => guard(glue, () => inner().products(lang))),
    languages: once(() => guard(glue, () => inner().languages())),
    contact: once(() => guard(glue, () => inner().contact())),
    problems: () => problems,
  };
}

/**
 * Does something step by step, each when the page has nothing else to do: what the first damaged message would have to
 * wait for. Where nobody says when that is (Node, some browsers), it waits. An answer that is asked for at once comes first.
 *
 * @param {(step: number) => boolean} work says whether anything was done
 */
function later(work, step = 0) {
  const idle = globalThis.requestIdleCallback;
  const next = () => {
    try {
      if (work(step)) later(work, step + 1);
    } catch {
      // Whoever asks something is told of it.
    }
  };
  if (idle) setTimeout(idle, LATER, next);
}

/**
 * Who finds regular expressions for the engine.
 *
 * @param {import("./types.js").ToolsGlue} tools
 */
function matching(tools) {
  return (/** @type {string} */ expression, /** @type {string} */ text) => {
    try {
      return tools.matches(expression, text);
    } catch {
      tools.__wbg_reset_state();
      return [];
    }
  };
}

/**
 * Options as the module takes them: what is empty is left out.
 *
 * @param {Options} [options]
 */
function asked({ lang, app, product, maxLines, explain = false, excerpts = false } = {}) {
  return { lang: lang || undefined, app: app || undefined, product: product || undefined, maxLines, texts: MOST_TOLD, explain, excerpts };
}

/**
 * A scan takes its time, and the engine may break down on another text meanwhile: then the scanner is gone with it.
 *
 * @param {Glue} glue
 * @param {import("./types.js").Scanner} scanner
 * @returns {import("./types.js").Scanner}
 */
function guarded(glue, scanner) {
  const of = breakdowns;
  const use = (/** @type {() => any} */ call) => {
    if (of !== breakdowns) throw new LoadError("breakdown", "engine", ENGINE);
    return guard(glue, call);
  };
  return {
    push: (bytes) => use(() => scanner.push(bytes)),
    progress: () => use(() => scanner.progress()),
    finish: () => use(() => scanner.finish()),
    free: () => {
      if (of === breakdowns) scanner.free();
    },
  };
}

/**
 * A catalog never changes: what it lists is fetched from WebAssembly once for each language.
 *
 * @template T
 * @param {(lang: string) => T} list
 */
function once(list) {
  /** @type {Map<string, T>} */
  const lists = new Map();
  return (lang = "") => {
    const known = lists.get(lang) ?? list(lang);
    lists.set(lang, known);
    return known;
  };
}

/** @param {URL | string} url */
function absolute(url) {
  return new URL(url, globalThis.document?.baseURI ?? import.meta.url);
}

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
