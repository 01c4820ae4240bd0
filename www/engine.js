// @ts-check
/**
 * The only module that loads anything: the WebAssembly engine, a catalog, texts, samples. It runs in browsers and in Node.
 *
 * Requests carry no credentials and no referrer, and all of them happen here, before a paste is read: `diagnose` is a plain
 * function call into WebAssembly.
 *
 * @typedef {import("./types.js").Diagnoser} Diagnoser
 * @typedef {import("./types.js").LoadCode} LoadCode
 * @typedef {import("./types.js").Part} Part
 * @typedef {import("./types.js").Glue} Glue
 */

import { scan } from "./scan.js";

const GLUE = new URL("./error_diagnoser.js", import.meta.url);
const ENGINE = new URL("./error_diagnoser_bg.wasm", import.meta.url);
const AUTHOR_GLUE = new URL("./error_diagnoser_author.js", import.meta.url);
const AUTHOR = new URL("./error_diagnoser_author_bg.wasm", import.meta.url);
const CATALOG = new URL("./catalog.json", import.meta.url);

/**
 * The files that the page brought along and need not be fetched (the page as one file has all of them): each as gzip in
 * base64, by its path from here, and the engine's glue as a function.
 *
 * @type {{ files: Record<string, string>, glue: () => Glue, author?: () => import("./types.js").AuthorGlue } | undefined}
 */
const carried = Reflect.get(globalThis, "errorDiagnoserCarried");

/** How long a single file may take, in milliseconds: a slow phone on a slow line, not a server that hangs. */
const TIMEOUT = 30_000;

/** How an address says what file is meant. */
const INTEGRITY = /^#sha(?:256|384|512)-/;
/** How much of a file is read, in bytes: as much as the engine takes as a catalog. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What a content security policy needs for WebAssembly. */
export const WASM_DIRECTIVE = "script-src 'self' 'wasm-unsafe-eval'";

const PARTS = { engine: "The engine", catalog: "The catalog", texts: "The texts", samples: "The samples" };

/** @type {Record<LoadCode, (error: { part: string, url: string, status: number }) => string>} */
const SENTENCES = {
  status: ({ part, url, status }) =>
    `${part} could not be loaded: ${url} answered with status ${status}. Check the address and that the file is there.`,
  html: ({ part, url }) =>
    `${part} could not be loaded: ${url} answered with a web page instead of the file. Check the address.`,
  timeout: ({ part, url }) =>
    `${part} could not be loaded: ${url} did not answer within ${TIMEOUT / 1000} seconds. Try again.`,
  integrity: ({ part, url }) =>
    `${part} could not be loaded: ${url} cannot be reached, or is another file than the page asks for. Check that its ` +
    `\`integrity\` is that of the file, and that its server allows CORS.`,
  network: ({ part, url }) =>
    `${part} could not be loaded: ${url} cannot be reached. Check the connection, and that its server and this page's ` +
    `policy (CORS, connect-src) allow it.`,
  module: ({ part, url }) =>
    `${part} could not be loaded: ${url} cannot be run. Check that the file is there and is served as JavaScript.`,
  csp: ({ part }) =>
    `${part} could not be started: this page's content security policy forbids WebAssembly. Add 'wasm-unsafe-eval': ` +
    `${WASM_DIRECTIVE}`,
  "not-wasm": ({ part, url }) =>
    `${part} could not be started: ${url} is not a whole WebAssembly file. Copy the file again, as binary.`,
  "no-wasm": ({ part }) =>
    `${part} could not be started: this browser has no WebAssembly, or it is switched off. Use another browser or profile.`,
  "not-json": ({ part, url }) =>
    `${part} could not be read: ${url} is not whole JSON; it may be cut off. Build it again or copy it again.`,
  "no-content": ({ url }) => `This page has no part ${url} to read errors from. Check the id.`,
  "no-entries": ({ url }) => `Nothing in ${url} could be read as an error with its cause or resolution. Check its headings and labels.`,
  invalid: ({ part, url }) => `${part} could not be used: ${url} has problems. Correct them and build the catalog again.`,
  "too-large": ({ part, url }) =>
    `${part} could not be used: ${url} is larger than ${MOST_BYTES / 1024 / 1024} MiB. Divide it into several catalogs.`,
  breakdown: () =>
    "The diagnoser broke down on this text and was started afresh. The text was not sent, stored or logged. Try a shorter part of it.",
  unknown: ({ part, url }) => `${part} could not be used: ${url} failed in an unforeseen way. Try again.`,
};

/** Something could not be loaded. `message` is an English sentence; `code` leads to one in the reader's language. */
export class LoadError extends Error {
  /**
   * @param {LoadCode} code
   * @param {Part} part
   * @param {URL | string} url
   * @param {{ status?: number, cause?: unknown }} [more]
   */
  constructor(code, part, url, { status = 0, cause } = {}) {
    const detail = code === "invalid" && cause instanceof Error ? cause.message : "";
    const sentence = SENTENCES[code]({ part: PARTS[part], url: String(url), status });
    super(detail ? `${sentence}\n${detail}` : sentence, { cause });
    this.name = "LoadError";
    this.code = code;
    this.part = part;
    this.url = String(url);
    this.status = status;
    /** Every problem of a catalog that was read but cannot be used. */
    this.problems = detail.split("\n").filter((line) => line.trim() !== "");
  }
}

/** @type {Promise<Glue> | undefined} */
let engine;

/** @type {Promise<import("./types.js").AuthorGlue> | undefined} */
let author;

/** How often the engine has broken down. What was made before the last time is of no use. */
let breakdowns = 0;

/** Texts of catalogs by their address, shared likewise. @type {Map<string, Promise<string>>} */
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
export async function load({ catalog = CATALOG, wasm = ENGINE, integrity = "" } = {}) {
  if (typeof catalog === "object" && !(catalog instanceof URL)) {
    return build(JSON.stringify(catalog), "catalog", await start(wasm));
  }
  const url = absolute(catalog);
  const key = `${integrity} ${url.href}`;
  let diagnoser = diagnosers.get(key);
  if (!diagnoser) {
    diagnoser = Promise.all([readCatalog(url, integrity), start(wasm)]).then(([text, glue]) => build(text, url, glue));
    diagnosers.set(key, diagnoser);
    // A failure is not kept, so that trying again does try again.
    diagnoser.catch(() => diagnosers.delete(key));
  }
  return diagnoser;
}

/**
 * The text of a catalog.
 *
 * @param {URL | string} [catalog] the built-in one when left out
 * @param {string} [integrity] which file it must be; else what its address says after `#` (`#sha384-…`), so that each of
 *   several can say it
 * @returns {Promise<string>}
 * @throws {LoadError}
 */
export function readCatalog(catalog = CATALOG, integrity = "") {
  const url = absolute(catalog);
  const file = integrity || (INTEGRITY.test(url.hash) ? url.hash.slice(1) : "");
  const key = `${file} ${url.href}`;
  let text = catalogs.get(key);
  if (!text) {
    text = readText(url, "catalog", file);
    catalogs.set(key, text);
    text.catch(() => catalogs.delete(key));
  }
  return text;
}

/**
 * The authors' module: pages in Markdown → a catalog, and the workbench. Loaded only where it is asked for.
 *
 * @returns {Promise<import("./types.js").AuthorGlue>}
 * @throws {LoadError}
 */
export function loadAuthor() {
  author ??= startAuthor().catch((error) => {
    author = undefined;
    throw error;
  });
  return author;
}

async function startAuthor() {
  /** @type {[import("./types.js").AuthorGlue, WebAssembly.Module]} */
  const [glue, module] = await Promise.all([carried?.author?.() ?? importModule(AUTHOR_GLUE), compile(AUTHOR)]);
  await glue.default({ module_or_path: module });
  return glue;
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
  const text = await readText(url, part);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LoadError("not-json", part, url, { cause });
  }
}

/** @param {URL | string} wasm */
function start(wasm) {
  engine ??= startEngine(absolute(wasm)).catch((error) => {
    engine = undefined;
    throw error;
  });
  return engine;
}

/** @param {URL} wasm */
async function startEngine(wasm) {
  if (typeof WebAssembly !== "object") {
    throw new LoadError("no-wasm", "engine", wasm);
  }
  const [glue, module] = await Promise.all([importGlue(), compile(wasm)]);
  try {
    await glue.default({ module_or_path: module });
  } catch (cause) {
    throw new LoadError(isPolicy(cause) ? "csp" : "unknown", "engine", wasm, { cause });
  }
  return glue;
}

async function importGlue() {
  if (carried) {
    return carried.glue();
  }
  return importModule(GLUE);
}

/** @param {URL} url */
async function importModule(url) {
  try {
    // Bundlers cannot know the address, and need not: the file is shipped as it is.
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ url.href);
  } catch (cause) {
    throw new LoadError("module", "engine", url, { cause });
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
    breakdowns += 1;
    glue.__wbg_reset_state();
    throw new LoadError("breakdown", "engine", ENGINE, { cause });
  }
}

/**
 * @param {string} text
 * @param {URL | string} url
 * @param {Glue} glue
 * @returns {Diagnoser}
 */
function build(text, url, glue) {
  const make = () => {
    const inner = new glue.Diagnoser(text);
    return { inner, of: breakdowns };
  };
  // The class of the glue has doors (free) that would break the others who share it.
  /** @type {ReturnType<typeof make>} */
  let made;
  try {
    made = make();
  } catch (cause) {
    if (cause instanceof WebAssembly.RuntimeError) {
      breakdowns += 1;
      glue.__wbg_reset_state();
      throw new LoadError("breakdown", "engine", ENGINE, { cause });
    }
    throw new LoadError(isJson(text) ? "invalid" : "not-json", "catalog", url, { cause });
  }
  const problems = made.inner.problems();
  const inner = () => {
    if (made.of !== breakdowns) made = make();
    return made.inner;
  };
  return {
    diagnose: (paste, options) => guard(glue, () => inner().diagnose(paste, asked(options))),
    scan: (source, options = {}) => {
      const scanner = guard(glue, () => inner().scan(asked(options)));
      return scan(guarded(glue, scanner), source, options);
    },
    redact: (text) => guard(glue, () => glue.redact(text)),
    entry: (id, lang) => guard(glue, () => inner().entry(id, lang)),
    entries: once((lang) => guard(glue, () => inner().entries(lang))),
    apps: once(() => guard(glue, () => inner().apps())),
    products: once((lang) => guard(glue, () => inner().products(lang))),
    languages: once(() => guard(glue, () => inner().languages())),
    problems: () => problems,
  };
}

/**
 * Options as the module takes them: what is empty is left out.
 *
 * @param {import("./types.js").Options} [options]
 */
function asked({ lang, app, product, maxLines, explain = false, excerpts = false } = {}) {
  return { lang: lang || undefined, app: app || undefined, product: product || undefined, maxLines, explain, excerpts };
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

/**
 * Compiled while it arrives where the server says what it is; else from its bytes, because many servers do not know the type.
 *
 * @param {URL} url
 */
async function compile(url) {
  const response = await request(url, "engine");
  try {
    if (response.headers.get("content-type")?.startsWith("application/wasm")) {
      return await WebAssembly.compileStreaming(response);
    }
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    if (isPolicy(cause)) {
      throw new LoadError("csp", "engine", url, { cause });
    }
    throw new LoadError(interrupted(cause) ?? "not-wasm", "engine", url, { cause });
  }
}

/**
 * @param {URL} url
 * @param {Part} part
 * @param {string} [integrity]
 */
async function readText(url, part, integrity) {
  const response = await request(url, part, integrity);
  const read = { bytes: 0 };
  let text;
  try {
    text = await bounded(response, read).text();
  } catch (cause) {
    throw new LoadError(read.bytes > MOST_BYTES ? "too-large" : (interrupted(cause) ?? "network"), part, url, { cause });
  }
  if (text.trimStart().startsWith("<")) {
    throw new LoadError("html", part, url);
  }
  return text;
}

/**
 * The same response, which breaks off where it gets too large: nobody's memory is filled first.
 *
 * @param {Response} response
 * @param {{ bytes: number }} read counts
 */
function bounded(response, read) {
  const counted = response.body?.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        read.bytes += chunk.byteLength;
        if (read.bytes > MOST_BYTES) throw new RangeError("too large");
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted ?? null);
}

/**
 * @param {URL} url
 * @param {Part} part
 * @param {string} [integrity]
 * @returns {Promise<Response>}
 */
async function request(url, part, integrity = "") {
  const brought = carried?.files[url.href.slice(new URL(".", GLUE).href.length)];
  if (brought !== undefined) {
    const packed = Uint8Array.from(atob(brought), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")));
  }
  if (url.protocol === "file:" && "process" in globalThis) {
    return readFile(url, part);
  }
  let response;
  try {
    response = await fetch(url, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      integrity,
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch (cause) {
    // Browsers do not tell a file that is another one from a server that is not there.
    const other = integrity === "" ? "network" : "integrity";
    throw new LoadError(cause instanceof TypeError ? other : (interrupted(cause) ?? other), part, url, { cause });
  }
  if (!response.ok) {
    throw new LoadError("status", part, url, { status: response.status });
  }
  if (response.headers.get("content-type")?.startsWith("text/html")) {
    throw new LoadError("html", part, url);
  }
  return response;
}

/**
 * Node's fetch reads no files.
 *
 * @param {URL} url
 * @param {Part} part
 */
async function readFile(url, part) {
  // A name in a variable, so that bundlers for browsers do not look for the module.
  const files = "node:fs/promises";
  try {
    return new Response(await (await import(files)).readFile(url));
  } catch (cause) {
    throw new LoadError("network", part, url, { cause });
  }
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

/** Browsers word it differently, and only words tell it from a broken file. @param {unknown} error */
function isPolicy(error) {
  return error instanceof Error && /unsafe-eval|wasm-eval|\bCSP\b|content security policy/i.test(error.message);
}

/**
 * Why a transfer broke off, if that is what happened.
 *
 * @param {unknown} error
 * @returns {LoadCode | null}
 */
function interrupted(error) {
  if (error instanceof DOMException && (error.name === "TimeoutError" || error.name === "AbortError")) {
    return "timeout";
  }
  return error instanceof TypeError ? "network" : null;
}
