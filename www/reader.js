// @ts-check
/**
 * Long texts and files, read in slices by the engine while the page goes on: the answer when it is there, until then how
 * far it is. One text at a time; another one, or another app, begins anew.
 *
 * @typedef {import("./pasted.js").Paste} Paste
 * @typedef {import("./types.js").Diagnoser} Diagnoser
 * @typedef {import("./types.js").Progress} Progress
 * @typedef {import("./types.js").Report} Report
 */

import { IntakeError, sourceOf } from "./intake.js";

/** How many lines of each error are kept: the strip shows where they are, all through a long file. */
const MOST_LINES = 20_000;
/** Milliseconds before progress is shown, and between two of its pictures: faster only flickers. */
const EVERY = 100;

/**
 * @typedef {object} Listener
 * @property {(state: import("./states.js").Reading) => void} onprogress
 * @property {() => void} ondone
 * @property {(error: unknown) => void} ontrouble
 *
 * @typedef {{ app: string, product: string, lang: string }} Asked
 */

export class Reader {
  /** @type {{ key: string, paste: Paste, diagnoser: Diagnoser, stop: AbortController, report: Report | null } | undefined} */
  #last;

  /** The answer to what is being read, once it is there; null when it comes to none. @type {Promise<Report | null>} */
  ended = Promise.resolve(null);

  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener;
  }

  /**
   * The answer, or null as long as it is being read.
   *
   * @param {Diagnoser} diagnoser
   * @param {Paste} paste
   * @param {Asked} asked
   */
  report(diagnoser, paste, asked) {
    const key = JSON.stringify([asked.app, asked.product]);
    const last = this.#last;
    if (!last || last.key !== key || last.diagnoser !== diagnoser || !isSame(last.paste, paste)) {
      this.stop();
      this.#begin(key, diagnoser, paste, asked);
    }
    const report = this.#last?.report ?? null;
    return report && translated(report, diagnoser, asked.lang);
  }

  stop() {
    this.#last?.stop.abort();
    this.#last = undefined;
  }

  /**
   * @param {string} key
   * @param {Diagnoser} diagnoser
   * @param {Paste} paste
   * @param {Asked} asked
   */
  #begin(key, diagnoser, paste, asked) {
    const stop = new AbortController();
    const mine = { key, paste, diagnoser, stop, report: /** @type {Report | null} */ (null) };
    this.#last = mine;
    const { source, share } = paste.files ? sourceOf(paste.files) : { source: paste.text, share: () => null };
    let shown = performance.now();
    const onprogress = (/** @type {Progress} */ progress) => {
      const now = performance.now();
      if (now - shown > EVERY && !stop.signal.aborted) {
        shown = now;
        this.listener.onprogress({ file: paste.name, progress, share: progress.share ?? share() });
      }
    };
    const options = { ...asked, explain: true, excerpts: true, maxLines: MOST_LINES, signal: stop.signal, onprogress };
    this.ended = diagnoser.scan(source, options).then(
      (report) => {
        mine.report = report;
        if (this.#last === mine) this.listener.ondone();
        return report;
      },
      (error) => {
        if (this.#last !== mine) return null;
        this.#last = undefined;
        const isEngine = error instanceof Error && error.name === "LoadError";
        this.listener.ontrouble(isEngine || !paste.files ? error : new IntakeError("unreadable", paste.name, error));
        return null;
      },
    );
  }
}

/**
 * @param {Paste} one
 * @param {Paste} other
 */
function isSame(one, other) {
  return one.files === other.files && one.text === other.text;
}

/**
 * The same answer in another language, without reading all of it again.
 *
 * @param {Report} report
 * @param {Diagnoser} diagnoser
 * @param {string} lang
 * @returns {Report}
 */
function translated(report, diagnoser, lang) {
  const diagnoses = report.diagnoses.map((diagnosis) => {
    const told = diagnoser.entry(diagnosis.entry, lang);
    if (!told) return diagnosis;
    const { title, lang: nearest, unreviewed = false, apps, situations } = told;
    return { ...diagnosis, title, lang: nearest, unreviewed, apps, situations };
  });
  return { ...report, diagnoses };
}
