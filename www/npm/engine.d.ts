import type { Catalog, Diagnoser, LoadCode, Part } from "./types.js";

export type * from "./types.js";

/**
 * A diagnoser for a catalog: an address (as a string it is relative to the page), or the catalog itself as an object. The
 * engine is started once; `wasm` names another address for it and counts the first time only. It runs in Node as well.
 *
 * @throws {LoadError}
 */
export function load(options?: { catalog?: URL | string | Catalog | undefined; wasm?: URL | string }): Promise<Diagnoser>;

/** Something could not be loaded. */
export class LoadError extends Error {
  readonly code: LoadCode;
  readonly part: Part;
  readonly url: string;
  /** The HTTP status, or 0. */
  readonly status: number;
  /** Every problem of a catalog that was read but cannot be used. */
  readonly problems: string[];
}
