// @ts-check
/**
 * Which part of a text speaks for which diagnosis, and which lines of it are worth showing. Plain data, no elements.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {{ start: number, end: number, kind: "literal" | "value" | "app", of: number }} Piece
 * @typedef {{ from: number, to: number, shown: boolean }} Stretch a run of lines, `to` excluded, counted from 0
 */

/** A text of so many lines is shown whole. */
const SHORT = 10;
/** Lines shown around what was recognised. */
const CONTEXT = 2;
/** Fewer lines than these are not worth hiding. */
const LEAST_HIDDEN = 3;

/**
 * The evidence of all diagnoses, in order and without overlaps: where two claim the same text, the earlier has it.
 *
 * @param {Diagnosis[]} diagnoses
 * @returns {Piece[]}
 */
export function pieces(diagnoses) {
  const all = diagnoses
    .flatMap(({ evidence }, of) => evidence.map(({ start, end, kind }) => ({ start, end, kind, of })))
    .sort((one, other) => one.start - other.start || other.end - one.end || one.of - other.of);
  /** @type {Piece[]} */
  const kept = [];
  let at = 0;
  for (const piece of all) {
    const start = Math.max(piece.start, at);
    if (start < piece.end) {
      kept.push({ ...piece, start });
      at = piece.end;
    }
  }
  return kept;
}

/**
 * Where each line begins; a line end (LF, CR LF, CR) at the very end begins no further one.
 *
 * @param {string} text
 */
export function lineStarts(text) {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) && at + 1 < text.length) {
      starts.push(at + 1);
    }
  }
  return starts;
}

/**
 * The line that holds a position, counted from 0.
 *
 * @param {number[]} starts
 * @param {number} at
 */
export function lineOf(starts, at) {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The lines of a text as stretches that are shown or left out.
 *
 * @param {number} count how many lines there are
 * @param {Iterable<number>} wanted lines that matter, counted from 0
 * @param {Set<number>} opened first lines of left out stretches that the reader asked for
 * @returns {Stretch[]}
 */
export function stretches(count, wanted, opened) {
  if (count <= SHORT) {
    return [{ from: 0, to: count, shown: true }];
  }
  /** @type {Stretch[]} */
  const found = [];
  const add = (/** @type {number} */ from, /** @type {number} */ to, /** @type {boolean} */ shown) => {
    const before = found.at(-1);
    if (before && before.shown === shown) before.to = to;
    else if (from < to) found.push({ from, to, shown });
  };
  let at = 0;
  for (const line of [...new Set(wanted)].sort((one, other) => one - other)) {
    const from = Math.max(line - CONTEXT, at);
    add(at, from, from - at < LEAST_HIDDEN || opened.has(at));
    add(from, Math.min(line + CONTEXT + 1, count), true);
    at = Math.max(at, Math.min(line + CONTEXT + 1, count));
  }
  add(at, count, count - at < LEAST_HIDDEN || opened.has(at));
  return found;
}

/**
 * The lines at hand as stretches that are shown, and all others as such that are left out.
 *
 * @param {number} count how many lines there are
 * @param {number[]} known in order, counted from 0
 * @returns {Stretch[]}
 */
export function runs(count, known) {
  /** @type {Stretch[]} */
  const found = [];
  let at = 0;
  for (const line of known) {
    if (line > at) found.push({ from: at, to: line, shown: false });
    const last = found.at(-1);
    if (last?.shown) last.to = line + 1;
    else found.push({ from: line, to: line + 1, shown: true });
    at = line + 1;
  }
  if (at < count) found.push({ from: at, to: count, shown: false });
  return found;
}
