// @ts-check
/**
 * The only module that asks for anything. Requests carry no credentials and no referrer; what is carried in the page is not
 * asked for. It runs in browsers and in Node, and does not know what the files are.
 *
 * @typedef {import("./types.js").LoadCode} LoadCode
 * @typedef {import("./types.js").Part} Part
 */

import { LoadError, MOST_BYTES, TIMEOUT } from "./load-error.js";

/**
 * The files that the page brought along and need not be fetched (the page as one file has all of them): each as gzip in
 * base64, by its path from here, and the glue of each module as a function.
 *
 * @type {{ files: Record<string, string>, glues: Record<string, () => any> } | undefined}
 */
export const carried = Reflect.get(globalThis, "errorDiagnoserCarried");

/** Where our files are. */
const HERE = import.meta.url;

/**
 * A file, whole.
 *
 * @param {URL} url
 * @param {Part} part
 * @param {string} [integrity]
 */
export async function readBytes(url, part, integrity) {
  const response = await request(url, part, integrity);
  const read = { bytes: 0 };
  try {
    return new Uint8Array(await bounded(response, read).arrayBuffer());
  } catch (cause) {
    throw new LoadError(read.bytes > MOST_BYTES ? "too-large" : (interrupted(cause) ?? "network"), part, url, { cause });
  }
}

/**
 * Bytes as the text that they should be.
 *
 * @param {Uint8Array} bytes
 * @param {URL | string} url
 * @param {Part} part
 */
export function asText(bytes, url, part) {
  noPage(bytes, url, part);
  return new TextDecoder().decode(bytes);
}

/** So much of a file tells whether it is a web page. */
const HEAD = 1024;

/**
 * Refuses a web page, which many servers send in place of a file that is not there.
 *
 * @param {Uint8Array} bytes
 * @param {URL | string} url
 * @param {Part} part
 */
export function noPage(bytes, url, part) {
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD));
  if (head.trimStart().startsWith("<")) throw new LoadError("html", part, url);
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
 * A file as it arrives.
 *
 * @param {URL} url
 * @param {Part} part
 * @param {string} [integrity]
 * @returns {Promise<Response>}
 */
export async function request(url, part, integrity = "") {
  const brought = carried?.files[url.href.slice(new URL(".", HERE).href.length)];
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

/**
 * Why a transfer broke off, if that is what happened.
 *
 * @param {unknown} error
 * @returns {LoadCode | null}
 */
export function interrupted(error) {
  if (error instanceof DOMException && (error.name === "TimeoutError" || error.name === "AbortError")) {
    return "timeout";
  }
  return error instanceof TypeError ? "network" : null;
}
