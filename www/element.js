// @ts-check
/**
 * How `<error-diagnoser>` behaves: it loads texts and a catalog, listens to its box, and shows the answer to what stands in it.
 *
 * Events, all bubbling and composed, none with anything of the paste in it:
 * - `ready` { entries, languages }: a catalog is loaded;
 * - `diagnosis` { diagnoses: [{ entry, confidence }] }: something was recognised;
 * - `no-match` { closest: [entry] }: nothing was;
 * - `solved` { entry }, `unsolved` { entry }: the reader says whether an answer helped;
 * - `catalog-error` { code, message, url, status }: engine or catalog could not be loaded;
 * - `narrowed` { app, product }: the reader chose an app (or everything) in an answer;
 * - `entry` { entry }: the entry that was looked up was left.
 *
 * Slots: `aside`, beside the box where there is room, else below the answer; `contact`, whom to ask when nothing is found.
 *
 * @typedef {ReturnType<typeof makeFrame>} Frame
 * @typedef {import("./types.js").Diagnoser} Diagnoser
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Texts} Texts
 */

import { Announcer } from "./announcer.js";
import { Answers } from "./answers.js";
import { Box } from "./box.js";
import { LoadError, WASM_DIRECTIVE, load } from "./engine.js";
import { sharedSheet } from "./element-style.js";
import { labelFrame, makeFrame, tieMarks } from "./frame.js";
import { IntakeError } from "./intake.js";
import { pickLanguage } from "./language.js";
import { make } from "./nodes.js";
import { openForPrint } from "./paper.js";
import { Settings } from "./settings.js";
import { renderFailure, renderLeftOut, renderLoading, renderReading, renderTrouble } from "./states.js";
import { loadTexts } from "./texts.js";

/** Characters from which reading takes long enough to say so first. */
const LONG_TEXT = 200_000;

export class ErrorDiagnoser extends Settings {
  static observedAttributes = ["catalog", "lang", "app", "product", "entry"];

  /** @type {Frame | undefined} */
  #frame;
  /** @type {Box | undefined} */
  #box;
  /** @type {Texts | undefined} */
  #texts;
  /** @type {Diagnoser | undefined} */
  #diagnoser;
  /** What could not be loaded, if anything. @type {LoadError | undefined} */
  #failure;
  /** @type {Answers} */
  #answers = new Answers(this.#host());
  /** @type {Announcer | undefined} */
  #announcer;
  /** Only the youngest of several loads counts. */
  #catalogTurn = 0;
  #textsTurn = 0;
  /** A long text waits until the page has said that it is being read. @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;

  /** Where an entry has an address of its own: what that is. Set by the page. @type {((entry: string) => string) | null} */
  addressOf = null;

  connectedCallback() {
    if (!this.#frame) {
      this.#frame = this.#open();
      // After the script that defined the element has run on, so that properties which it sets count for the first load.
      queueMicrotask(() => {
        void this.#loadTexts();
        void this.#loadCatalog();
      });
    }
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} value
   */
  attributeChangedCallback(name, before, value) {
    if (!this.#frame || before === value) {
      return;
    }
    if (name === "lang") {
      void this.#loadTexts();
    } else if (name === "catalog") {
      void this.#loadCatalog();
    } else {
      if (name !== "entry") this.#answers.reset();
      this.#show();
    }
  }

  /** Whether there is a text. */
  get isEmpty() {
    return this.#text().trim() === "";
  }

  /**
   * Puts a text into the box and answers it.
   *
   * @param {string} text
   */
  diagnose(text) {
    this.#box?.put(text);
  }

  /** Empties the box; the reader can bring back what stood there. */
  clear() {
    this.#box?.clear();
  }

  /**
   * Reads files into the box, or beside it when they are too long for one.
   *
   * @param {File[]} files
   */
  async read(files) {
    await this.#box?.read(files);
  }

  /** Moves the focus to the answer, for whoever followed a link to it. */
  focusAnswer() {
    this.#focus("answer 0");
  }

  #open() {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sharedSheet()];
    const frame = makeFrame();
    root.append(frame.root);
    this.#announcer = new Announcer(frame.status, (type, detail) => this.#tell(type, detail));
    this.#box = new Box(frame, {
      ontext: () => this.#read(),
      onstop: () => this.#show(),
      onprogress: (file, percent, stop) => this.#showReading("reading.file", { file, percent }, stop),
      ontrouble: (error) => this.#refuse(error),
    });
    tieMarks(frame);
    openForPrint(frame.answer);
    return frame;
  }

  /** @returns {import("./answers.js").Host} */
  #host() {
    const self = this;
    return {
      get app() {
        return self.app;
      },
      get product() {
        return self.product;
      },
      get addressOf() {
        return self.addressOf;
      },
      narrow: (app, product) => {
        this.app = app;
        this.product = product;
        this.#tell("narrowed", { app, product });
      },
      redo: (focus) => {
        this.#show();
        this.#focus(focus);
      },
      redoMarked: () => this.#showMarked(),
      goTo: (of) => {
        this.#focus(`answer ${of}`);
        this.#frame?.answer.querySelector(`article[data-of="${of}"]`)?.scrollIntoView({ block: "nearest" });
      },
      find: (of) => {
        const mark = this.#frame?.marked.querySelector(`.line .number[data-of="${of}"]`);
        if (mark instanceof HTMLElement) {
          mark.scrollIntoView({ block: "center" });
          mark.focus({ preventScroll: true });
        }
      },
      focusBox: () => this.#frame?.box.focus(),
      tell: (type, detail) => this.#tell(type, detail),
      closeEntry: () => {
        this.#leaveEntry();
        this.#frame?.box.focus();
      },
    };
  }

  #leaveEntry() {
    this.entry = "";
    this.#tell("entry", { entry: "" });
  }

  /** The languages that the reader wishes for, best first: the element's, the page's around, the browser's. */
  #wished() {
    const around = this.closest("[lang]")?.getAttribute("lang");
    return around ? [around] : navigator.languages;
  }

  async #loadTexts() {
    const turn = ++this.#textsTurn;
    try {
      const texts = await loadTexts(pickLanguage(this.#wished()));
      if (turn === this.#textsTurn) {
        this.#texts = texts;
        labelFrame(/** @type {Frame} */ (this.#frame), texts);
        this.#box?.speak(texts);
        this.#show();
      }
    } catch (error) {
      if (turn === this.#textsTurn) {
        this.#fail(error);
      }
    }
  }

  async #loadCatalog() {
    const turn = ++this.#catalogTurn;
    this.#failure = undefined;
    this.#show();
    /** @param {string} [catalog] */
    const take = async (catalog) => {
      const diagnoser = await load(catalog ? { catalog, integrity: this.integrity } : {});
      if (turn === this.#catalogTurn) {
        this.#diagnoser = diagnoser;
        this.#tell("ready", { entries: diagnoser.entries("en").length, languages: diagnoser.languages() });
        this.#show();
      }
    };
    try {
      await take(this.catalog);
    } catch (error) {
      if (turn !== this.#catalogTurn) {
        return;
      }
      const { part } = this.#fail(error);
      if (this.catalog && !this.#diagnoser && part === "catalog") {
        // The built-in catalog is better than none; the failure stays visible above its answers.
        await take().catch(() => this.#show());
      }
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    const failure = this.#note(error);
    this.#show();
    return failure;
  }

  /** @param {unknown} error */
  #note(error) {
    const failure =
      error instanceof LoadError ? error : new LoadError("unknown", "engine", import.meta.url, { cause: error });
    const { code, message, url, status } = failure;
    this.#failure = failure;
    this.#tell("catalog-error", { code, message, url, status });
    return failure;
  }

  /**
   * @param {string} type
   * @param {object} detail
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /** Answers what stands in the box now. */
  #read() {
    const text = this.#text();
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    this.#answers.read(text);
    if (text !== "" && this.entry !== "") {
      // Whoever pastes wants an answer to that.
      this.#leaveEntry();
    }
    if (text.length > LONG_TEXT && this.#diagnoser) {
      this.#showReading("reading", {}, null);
      this.#waiting = setTimeout(() => {
        this.#waiting = undefined;
        this.#show();
      }, 50);
    } else {
      this.#show();
    }
  }

  /** What is to be answered. */
  #text() {
    return this.#box?.text ?? "";
  }

  /**
   * @param {"reading" | "reading.file"} key
   * @param {Record<string, string | number>} values
   * @param {(() => void) | null} stop
   */
  #showReading(key, values, stop) {
    if (!this.#texts || !this.#frame) return;
    const { answer } = this.#frame;
    const sentence = this.#texts.say(key, values);
    const shown = answer.querySelector(".loading .sentence");
    if (shown && stop) {
      // The button that stops it stays where it is, and keeps its focus.
      shown.textContent = sentence;
    } else {
      answer.replaceChildren(renderReading(this.#texts, sentence, stop));
    }
  }

  /** @param {unknown} error */
  #refuse(error) {
    if (!this.#texts) return;
    const { code, file } = error instanceof IntakeError ? error : new IntakeError("unreadable", "", error);
    const sentence = this.#texts.say(`intake.${code}`, { file });
    this.#announcer?.say(sentence);
    this.#frame?.answer.replaceChildren(renderTrouble(this.#texts, sentence));
  }

  /** Brings the answer in line with the text, the catalog, the language and the choices. */
  #show() {
    const frame = this.#frame;
    const texts = this.#texts;
    if (!frame || this.#box?.isReading || this.#waiting !== undefined) {
      return;
    }
    if (!texts) {
      // Without texts the box has no label, and there is only the error's own English sentence to show.
      frame.field.hidden = this.#failure !== undefined;
      frame.answer.replaceChildren(this.#failure ? make("p", { lang: "en" }, this.#failure.message) : "");
      return;
    }
    frame.field.hidden = false;
    frame.answer.setAttribute("aria-busy", String(!this.#diagnoser && !this.#failure));
    const failure = this.#failure && this.#renderFailure(texts, this.#failure);
    if (!this.#diagnoser) {
      frame.answer.replaceChildren(failure ?? renderLoading(texts));
      return;
    }
    const problems = this.#diagnoser.problems();
    const leftOut = problems.length > 0 ? [renderLeftOut(texts, problems)] : [];
    const { answer, marked } = this.#render(texts, this.#diagnoser);
    frame.answer.replaceChildren(...(failure ? [failure] : []), ...answer, ...leftOut);
    frame.marked.replaceChildren(...marked);
    frame.marked.hidden = marked.length === 0;
  }

  /** Makes the marked text anew, and nothing else. */
  #showMarked() {
    if (!this.#frame || !this.#texts || !this.#diagnoser) return;
    const { marked } = this.#render(this.#texts, this.#diagnoser);
    const top = this.#frame.marked.querySelector(".text")?.scrollTop ?? 0;
    this.#frame.marked.replaceChildren(...marked);
    this.#frame.marked.querySelector(".text")?.scrollTo({ top, behavior: "instant" });
  }

  /**
   * @param {Texts} texts
   * @param {Diagnoser} diagnoser
   */
  #render(texts, diagnoser) {
    const text = this.#text();
    const means = { texts, diagnoser, lang: this.#wished()[0] ?? texts.lang };
    try {
      const report = text.trim() === "" ? null : this.#answers.report(means, text);
      if (report && this.entry === "") this.#announcer?.answer(texts, report);
      else this.#announcer?.empty();
      return this.#answers.render(means, report, text, this.entry);
    } catch (error) {
      // The engine broke down on this text, and has another instance for the next one.
      const failure = error instanceof LoadError ? error : new LoadError("unknown", "engine", import.meta.url, { cause: error });
      const { code, message, url, status } = failure;
      this.#tell("catalog-error", { code, message, url, status });
      this.#announcer?.say(texts.say("error.title"));
      return { answer: [renderFailure(texts, failure, WASM_DIRECTIVE, false, null)], marked: [] };
    }
  }

  /**
   * @param {Texts} texts
   * @param {LoadError} failure
   */
  #renderFailure(texts, failure) {
    this.#announcer?.say(texts.say("error.title"));
    return renderFailure(texts, failure, WASM_DIRECTIVE, this.#diagnoser !== undefined, () => {
      this.#frame?.box.focus();
      void this.#loadCatalog();
      if (!this.#texts) {
        void this.#loadTexts();
      }
    });
  }

  /** The pressed button is gone with the old answer; focus goes to where the way leads on. @param {string} name */
  #focus(name) {
    const target = this.#frame?.answer.querySelector(`[data-focus="${CSS.escape(name)}"]`);
    if (target instanceof HTMLDetailsElement) {
      target.querySelector("summary")?.focus();
    } else if (target instanceof HTMLElement) {
      target.focus();
    } else {
      this.#frame?.box.focus();
    }
  }
}
