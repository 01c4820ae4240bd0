// @ts-check
/**
 * The only module that starts WebAssembly. Each of our modules is started once and shared by everything on the page; one
 * that cannot be started is tried again by whoever needs it next. It does not know what they are for.
 */

import { LoadError } from "./load-error.js";
import { carried, interrupted, request } from "./request.js";

/** Where each is, with its glue; every address is written out, because bundlers look for them. */
const PLACES = {
  error_diagnoser: { glue: new URL("./error_diagnoser.js", import.meta.url), wasm: new URL("./error_diagnoser_bg.wasm", import.meta.url) },
  error_diagnoser_redact: { glue: new URL("./error_diagnoser_redact.js", import.meta.url), wasm: new URL("./error_diagnoser_redact_bg.wasm", import.meta.url) },
  error_diagnoser_tools: { glue: new URL("./error_diagnoser_tools.js", import.meta.url), wasm: new URL("./error_diagnoser_tools_bg.wasm", import.meta.url) },
  error_diagnoser_author: { glue: new URL("./error_diagnoser_author.js", import.meta.url), wasm: new URL("./error_diagnoser_author_bg.wasm", import.meta.url) },
};

/** A module that names a type of function which gives a register of SIMD, and has no other part: browsers older than that refuse it. */
const SIMD = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123);

/** The modules by name, or on their way. @type {Map<string, Promise<any>>} */
const modules = new Map();

/**
 * A module, started: what its glue exports.
 *
 * @param {keyof typeof PLACES} name
 * @param {URL} [wasm] where it is, if elsewhere
 * @returns {Promise<any>}
 * @throws {LoadError}
 */
export function start(name, wasm) {
  let started = modules.get(name);
  if (!started) {
    started = startModule(name, wasm ?? PLACES[name].wasm);
    modules.set(name, started);
    started.catch(() => modules.delete(name));
  }
  return started;
}

/**
 * @param {keyof typeof PLACES} name
 * @param {URL} wasm
 */
async function startModule(name, wasm) {
  if (typeof WebAssembly !== "object") {
    throw new LoadError("no-wasm", "engine", wasm);
  }
  const [glue, module] = await Promise.all([importGlue(name), compile(wasm)]);
  try {
    await glue.default({ module_or_path: module });
  } catch (cause) {
    throw new LoadError(isPolicy(cause) ? "csp" : "unknown", "engine", wasm, { cause });
  }
  return glue;
}

/** @param {keyof typeof PLACES} name */
async function importGlue(name) {
  const brought = carried?.glues[`${name}.js`];
  if (brought) return brought();
  const url = PLACES[name].glue;
  try {
    // Bundlers cannot know the address, and need not: the file is shipped as it is.
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ url.href);
  } catch (cause) {
    throw new LoadError("module", "engine", url, { cause });
  }
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
    const code = interrupted(cause) ?? (WebAssembly.validate(SIMD) ? "not-wasm" : "no-wasm");
    throw new LoadError(code, "engine", url, { cause });
  }
}

/** Browsers word it differently, and only words tell it from a broken file. @param {unknown} error */
function isPolicy(error) {
  return error instanceof Error && /unsafe-eval|wasm-eval|\bCSP\b|content security policy/i.test(error.message);
}
