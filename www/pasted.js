// @ts-check
/**
 * What was pasted, as far as it is at hand: the whole of it, or of a long file its beginning and what the engine kept
 * around each error. Plain data, no elements.
 *
 * @typedef {import("./types.js").Report} Report
 *
 * @typedef {object} Paste what stands in the box, or beside it
 * @property {string} text all of it; of files that are not held, the beginning
 * @property {string} name of the files that it comes from; "" for what was pasted or typed
 * @property {File[] | null} files where it lies, if it is too long to be held
 *
 * @typedef {object} Line
 * @property {number} start
 * @property {string} text with its end
 *
 * @typedef {object} Pasted
 * @property {number} lines how many there are in all
 * @property {number[] | null} known the lines at hand, in order, counted from 0; null for all of them
 * @property {(line: number) => Line | undefined} line
 * @property {(at: number) => number} lineAt the line that holds a position
 */

import { lineOf, lineStarts } from "./segments.js";

/** Characters from which on a text is read in slices, with progress: the engine needs some milliseconds for as many. */
const LONG = 200_000;

/** @param {Paste} paste */
export function isLong({ text, files }) {
  return files !== null || text.length > LONG;
}

/** @param {Paste} paste */
export function isBlank({ text, files }) {
  return files === null && text.trim() === "";
}

/**
 * @param {Paste} paste
 * @param {Report} report
 * @returns {Pasted}
 */
export function pasted({ text, files }, report) {
  return files === null ? whole(text) : parts(report);
}

/**
 * @param {string} text
 * @returns {Pasted}
 */
function whole(text) {
  /** @type {number[] | undefined} */
  let made;
  const starts = () => (made ??= lineStarts(text));
  return {
    get lines() {
      return starts().length;
    },
    known: null,
    line(line) {
      const start = starts()[line];
      return start === undefined ? undefined : { start, text: text.slice(start, starts()[line + 1]) };
    },
    lineAt: (at) => lineOf(starts(), at),
  };
}

/**
 * @param {Report} report
 * @returns {Pasted}
 */
function parts({ diagnoses, scanned }) {
  /** @type {Map<number, Line>} */
  const lines = new Map();
  for (const { excerpt } of diagnoses) {
    if (!excerpt) continue;
    const starts = lineStarts(excerpt.text);
    starts.forEach((from, nth) => {
      const line = excerpt.line - 1 + nth;
      const text = excerpt.text.slice(from, starts[nth + 1]);
      // Two excerpts may share a line, and each may have it cut off elsewhere.
      if (text.length > (lines.get(line)?.text.length ?? -1)) {
        lines.set(line, { start: excerpt.start + from, text });
      }
    });
  }
  const known = [...lines.keys()].sort((one, other) => one - other);
  return {
    lines: scanned.lines,
    known,
    line: (line) => lines.get(line),
    lineAt: (at) => known.find((line) => at < (lines.get(line)?.start ?? 0) + (lines.get(line)?.text.length ?? 0)) ?? 0,
  };
}
