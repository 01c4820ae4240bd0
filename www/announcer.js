// @ts-check
/**
 * Tells of an answer, once: the screen reader through a polite live region, the page through an event. Neither is told
 * again while the reader types on within the same error, and the page is never told what was pasted.
 *
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Texts} Texts
 */

import { asked } from "./question.js";

/** Milliseconds of quiet before a screen reader is told, so that it is not interrupted at each key. */
const PAUSE = 900;

export class Announcer {
  #said = "";
  #told = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} status the live region
   * @param {(type: string, detail: object) => void} tell
   */
  constructor(status, tell) {
    this.status = status;
    this.tell = tell;
  }

  /**
   * @param {string} what the sentence, or what it depends on
   * @param {() => string} [sentence] made when it is said, which is after the answer is shown
   */
  say(what, sentence = () => what) {
    if (what !== this.#said) {
      this.#said = what;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => (this.status.textContent = sentence()), what === "" ? 0 : PAUSE);
    }
  }

  /** There is nothing in the box. */
  empty() {
    this.#told = "";
    this.say("");
  }

  /**
   * @param {Texts} texts
   * @param {Report} report
   */
  answer(texts, report) {
    const diagnoses = report.diagnoses.map(({ entry, confidence }) => ({ entry, confidence }));
    const found = report.diagnoses.filter(({ confidence }) => confidence !== "possible");
    const told = JSON.stringify(diagnoses);
    this.say(`${texts.lang} ${told} ${report.question?.about}`, () => sentence(texts, report, found));
    if (told === this.#told) {
      return;
    }
    this.#told = told;
    if (found.length > 0) {
      this.tell("diagnosis", { diagnoses: diagnoses.filter(({ confidence }) => confidence !== "possible") });
    } else {
      this.tell("no-match", { closest: diagnoses.map(({ entry }) => entry) });
    }
  }
}

/**
 * @param {Texts} texts
 * @param {Report} report
 * @param {Report["diagnoses"]} found
 */
function sentence(texts, report, found) {
  if (found.length === 0) {
    return texts.say("announce.nothing", { count: report.diagnoses.length });
  }
  const count = found.length;
  if (found.some((diagnosis) => asked(report, diagnosis) !== null)) {
    return texts.say("announce.question", { count });
  }
  return `${texts.say("answer.count", { count })}: ${texts.list(found.map(({ title }) => title))}`;
}
