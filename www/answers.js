// @ts-check
/**
 * From a text to what is shown of it: asks the engine, keeps what the reader chose, and hands both to the renderers.
 *
 * @typedef {import("./types.js").Diagnoser} Diagnoser
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Texts} Texts
 * @typedef {import("./pasted.js").Paste} Paste
 * @typedef {import("./reader.js").Reader} Reader
 */

import { renderMarked } from "./marked.js";
import { button, make } from "./nodes.js";
import { isBlank, isLong, pasted } from "./pasted.js";
import { asked } from "./question.js";
import { renderEntry, renderReport } from "./render.js";
import { Session } from "./session.js";
import { renderEmpty } from "./states.js";

/** Characters of an unknown address that are shown. */
const SHOWN_ADDRESS = 120;

/**
 * What the answers need of the element that shows them.
 *
 * @typedef {object} Host
 * @property {string} app
 * @property {string} product
 * @property {number} most how many errors are explained at once; 0 for all
 * @property {import("./layers.js").Layers | undefined} layers
 * @property {((entry: string) => string) | null} addressOf
 * @property {(app: string, product: string) => void} narrow
 * @property {(focus: string) => void} redo
 * @property {() => void} redoMarked
 * @property {(of: number) => void} goTo
 * @property {(of: number) => void} find
 * @property {() => void} focusBox
 * @property {(type: string, detail: object) => void} tell
 * @property {() => void} closeEntry
 *
 * @typedef {{ texts: Texts, diagnoser: Diagnoser, lang: string }} Means
 */

export class Answers {
  session = new Session();
  /** The app before the reader answered the question; undefined while no answer is given. @type {string | undefined} */
  #appBefore;
  #isComparing = false;
  /** The last answer, because most of what a reader does asks nothing new. */
  #last = { key: "", text: "", diagnoser: /** @type {Diagnoser | null} */ (null), report: /** @type {Report | null} */ (null) };

  /**
   * @param {Host} host
   * @param {Reader} reader what reads long texts
   */
  constructor(host, reader) {
    this.host = host;
    this.reader = reader;
  }

  /** The app or product was chosen elsewhere. */
  reset() {
    this.#appBefore = undefined;
    this.#isComparing = false;
  }

  /** Another text stands there. @param {Paste} paste */
  read(paste) {
    this.#isComparing = false;
    if (!isLong(paste)) this.reader.stop();
    if (!isBlank(paste)) {
      return;
    }
    this.session.forget();
    if (this.#appBefore !== undefined) {
      // The app was chosen for the text that is gone now.
      const before = this.#appBefore;
      this.#appBefore = undefined;
      this.host.narrow(before, this.host.product);
    }
  }

  /**
   * @param {Means} means
   * @param {string} text
   * @param {string} app
   */
  #ask({ diagnoser, lang }, text, app) {
    return diagnoser.diagnose(text, { lang, app, product: this.host.product, explain: true, excerpts: true });
  }

  /**
   * The answer to a text; the same as before when nothing it depends on has changed. Null while a long text is being read.
   *
   * @param {Means} means
   * @param {Paste} paste
   */
  report(means, paste) {
    const { diagnoser, lang } = means;
    const { app, product } = this.host;
    if (isLong(paste)) {
      return this.reader.report(diagnoser, paste, { app, product, lang });
    }
    const { text } = paste;
    const key = JSON.stringify([lang, app, product]);
    const last = this.#last;
    if (last.report && last.key === key && last.diagnoser === diagnoser && last.text === text) {
      return last.report;
    }
    const report = this.#ask(means, text, app);
    this.#last = { key, text, diagnoser, report };
    return report;
  }

  /**
   * @param {Means} means
   * @param {Report | null} report null where there is no text
   * @param {Paste} paste
   * @param {string} entry the entry that was looked up, or ""
   * @returns {{ answer: Node[], marked: Node[] }}
   */
  render(means, report, paste, entry) {
    const { texts, diagnoser, lang } = means;
    if (entry) {
      return { answer: this.#renderEntry(means, entry), marked: [] };
    }
    const products = diagnoser.products(lang);
    if (!report) {
      const count = diagnoser.entries(lang).length;
      return { answer: [renderEmpty(texts, count, products.map(({ title }) => title))], marked: [] };
    }
    const { host, session } = this;
    const isCut = host.most > 0 && !session.open.has("more");
    const shown = isCut ? { ...report, diagnoses: report.diagnoses.slice(0, host.most) } : report;
    const found = shown.diagnoses.filter(({ confidence }) => confidence !== "possible");
    const text = pasted(paste, report);
    // What is asked of each app is asked of the lines around: a long text is not read again for that.
    const around = (/** @type {Report["diagnoses"][number]} */ diagnosis) => (isLong(paste) ? (diagnosis.excerpt?.text ?? "") : paste.text);
    const answer = renderReport({
      ...this.#shared(means),
      report: shown,
      more: report.diagnoses.filter(({ confidence }) => confidence !== "possible").length - found.length,
      paste,
      chosen: this.#appBefore === undefined ? "" : host.app,
      narrowed: [products.find(({ id }) => id === host.product)?.title ?? host.product, host.app].filter(Boolean),
      compared: this.#isComparing ? compare(report, (app, diagnosis) => this.#ask(means, around(diagnosis), app)) : null,
    });
    const goTo = (/** @type {number} */ of) => host.goTo(of);
    return { answer, marked: renderMarked({ texts, pasted: text, found, session, redo: () => host.redoMarked(), goTo }) };
  }

  /**
   * @param {Means} means
   * @param {string} entry
   */
  #renderEntry(means, entry) {
    const { texts, diagnoser, lang } = means;
    const told = diagnoser.entry(entry, lang);
    const back = button(texts.say("entry.close"), () => this.host.closeEntry(), { class: "quiet" });
    if (!told) {
      const shown = entry.length > SHOWN_ADDRESS ? `${entry.slice(0, SHOWN_ADDRESS)}…` : entry;
      return [make("section", { class: "nothing" }, make("h2", {}, texts.say("entry.unknown")), make("p", {}, make("code", {}, shown)), back)];
    }
    const report = { diagnoses: [], question: null, scanned: { chars: 0, lines: 0 } };
    const paste = { text: "", name: "", files: null };
    const answer = { ...this.#shared(means), report, more: 0, paste, chosen: "", narrowed: [], compared: null };
    return [make("p", { class: "chosen" }, make("span", {}, texts.say("entry.looked-up")), back), renderEntry(answer, told)];
  }

  /** @param {Means} means */
  #shared({ texts, diagnoser, lang }) {
    const { session, host } = this;
    return {
      texts,
      session,
      titles: new Map(diagnoser.entries(lang).map(({ id, title }) => [id, title])),
      lookUp: (/** @type {string} */ id) => diagnoser.entry(id, lang),
      link: host.addressOf,
      contact: nearest(host.layers?.contact ?? {}, lang),
      section: host.layers?.section ?? (() => null),
      redact: (/** @type {string} */ text) => diagnoser.redact(text),
      actions: {
        choose: (/** @type {string} */ app) => {
          const before = host.app;
          host.narrow(app, host.product);
          this.#appBefore = before;
          host.redo("back");
        },
        back: () => {
          const before = this.#appBefore ?? "";
          this.reset();
          host.narrow(before, host.product);
          host.redo("choices");
        },
        compare: (/** @type {boolean} */ on) => {
          this.#isComparing = on;
          host.redo(on ? "back" : "compare");
        },
        widen: () => {
          this.reset();
          host.narrow("", "");
          host.focusBox();
        },
        redo: (/** @type {string} */ focus) => host.redo(focus),
        goTo: (/** @type {number} */ of) => host.goTo(of),
        find: (/** @type {number} */ of) => host.find(of),
        tell: (/** @type {string} */ type, /** @type {object} */ detail) => host.tell(type, detail),
        report: () => {
          session.open.add("report");
          host.redo("report");
        },
      },
    };
  }
}

/**
 * What there is for a reader of this language: in it, its base, English, or any; as the catalog's texts are chosen.
 *
 * @template T
 * @param {Record<string, T>} byLanguage
 * @param {string} lang
 */
function nearest(byLanguage, lang) {
  return byLanguage[lang] ?? byLanguage[lang.split(/[-_]/)[0] ?? ""] ?? byLanguage.en ?? Object.values(byLanguage)[0] ?? null;
}

/**
 * The diagnosis for each choice of the question, as if the reader had chosen it.
 *
 * @param {Report} report
 * @param {(app: string, asked: Report["diagnoses"][number]) => Report} ask
 */
function compare(report, ask) {
  const open = report.diagnoses.find((diagnosis) => asked(report, diagnosis) === "app");
  return (report.question?.choices ?? []).flatMap(({ label, entry }) => {
    const diagnosis = open && ask(label, open).diagnoses.find((candidate) => candidate.entry === entry);
    return diagnosis ? [{ label, diagnosis }] : [];
  });
}
