// @ts-check
/**
 * What is said when something cannot be loaded: an English sentence for whoever embeds, a code that leads to one in the
 * reader's language.
 *
 * @typedef {import("./types.js").LoadCode} LoadCode
 * @typedef {import("./types.js").Part} Part
 */

/** How long a single file may take, in milliseconds: a slow phone on a slow line, not a server that hangs. */
export const TIMEOUT = 30_000;

/** How much of a file is read, in bytes: as much as the engine takes as a catalog. */
export const MOST_BYTES = 64 * 1024 * 1024;

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
    `${part} could not be started: WebAssembly is missing or switched off in this browser, or the browser is older than March 2023. ` +
    "Update it, or use another browser or profile.",
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
