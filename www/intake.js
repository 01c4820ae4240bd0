// @ts-check
/**
 * Files as text: plain or gzip, several at once, with progress and a way to stop. What is no text is refused by name, and
 * what is too long to be held is left where it lies, for the engine to read in slices.
 *
 * @typedef {import("./types.js").Source} Source
 */

import { piecesOf } from "./engine.js";

/** Characters up to which files are held as a text: few enough to be gone through between two frames. */
const MOST_HELD = 2_000_000;
/** Characters of the beginning that are kept of what is longer. */
const KEPT = 100_000;
/** How much of a file is looked at to tell whether it is text. */
const LOOKED_AT = 4096;

/** @typedef {"binary" | "empty" | "unreadable"} Trouble */

/** A file that cannot be read as text. */
export class IntakeError extends Error {
  /**
   * @param {Trouble} code
   * @param {string} file
   * @param {unknown} [cause]
   */
  constructor(code, file, cause) {
    super(`${file}: ${code}`, { cause });
    this.name = "IntakeError";
    this.code = code;
    this.file = file;
  }
}

/**
 * The text of files, one after the other; of several, each under a line with its name. `isWhole` is false where that is
 * too much, and `text` then only the beginning.
 *
 * @param {File[]} files
 * @param {{ signal: AbortSignal, onprogress: (file: string, share: number) => void }} how
 * @returns {Promise<{ text: string, isWhole: boolean }>}
 * @throws {IntakeError | DOMException} a DOMException when it was stopped
 */
export async function readFiles(files, { signal, onprogress }) {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const all = [];
  let length = 0;
  let before = 0;
  let isWhole = true;
  for (const [nth, file] of files.entries()) {
    all.push(headOf(files, nth));
    const read = { size: 0 };
    const decoder = new TextDecoder();
    let looked = 0;
    try {
      for await (const bytes of piecesOf(file, read)) {
        signal.throwIfAborted();
        // UTF-16 has become UTF-8 by now: zero bytes are in no text.
        if (looked < LOOKED_AT && bytes.subarray(0, LOOKED_AT).includes(0)) {
          throw new IntakeError("binary", file.name);
        }
        looked += bytes.length;
        if (isWhole || length < KEPT) {
          const piece = decoder.decode(bytes, { stream: true });
          all.push(piece);
          length += piece.length;
        }
        isWhole &&= length <= MOST_HELD;
        // The files after this one are looked at as well, each for whether it is text.
        if (!isWhole) break;
        onprogress(file.name, size === 0 ? 1 : (before + read.size) / size);
      }
      signal.throwIfAborted();
    } catch (error) {
      if (error instanceof IntakeError || signal.aborted) throw error;
      throw new IntakeError("unreadable", file.name, error);
    }
    all.push(decoder.decode());
    before += file.size;
  }
  const text = all.join("");
  if (isWhole && length <= LOOKED_AT && text.trim() === "") {
    throw new IntakeError("empty", files.map(({ name }) => name).join(", "));
  }
  return isWhole ? { text, isWhole } : { text: text.slice(0, KEPT), isWhole };
}

/**
 * The same files as something to scan, and how far that has come where the scan itself cannot know it.
 *
 * @param {File[]} files
 * @returns {{ source: Source, share: () => number | null }}
 */
export function sourceOf(files) {
  const [only] = files;
  if (only && files.length === 1) {
    return { source: only, share: () => null };
  }
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const read = { size: 0 };
  let before = 0;
  const pieces = (async function* () {
    const encoder = new TextEncoder();
    for (const [nth, file] of files.entries()) {
      yield encoder.encode(headOf(files, nth));
      yield* piecesOf(file, read);
      before += file.size;
      read.size = 0;
    }
  })();
  const source = new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return { source, share: () => (size === 0 ? 1 : Math.min(1, (before + read.size) / size)) };
}

/**
 * What stands before a file's own text: of several, its name.
 *
 * @param {File[]} files
 * @param {number} nth
 */
function headOf(files, nth) {
  return files.length > 1 ? `${nth > 0 ? "\n" : ""}==> ${files[nth]?.name} <==\n` : "";
}
