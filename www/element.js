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
import { labelFrame, makeFrame, showMarked, tieMarks } from "./frame.js";
import { IntakeError } from "./intake.js";
import { pickLanguage } from "./language.js";
import { make } from "./nodes.js";
import { openForPrint } from "./paper.js";
import { isBlank } from "./pasted.js";
import { Reader } from "./reader.js";
import { Settings } from "./settings.js";
import { renderFailure, renderLoading, renderReading, renderTrouble } from "./states.js";
import { loadTexts } from "./texts.js";

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
  #answers = new Answers(this.#host(), this.#reader());
  /** @type {Announcer | undefined} */
  #announcer;
  /** Only the youngest of several loads counts. */
  #catalogTurn = 0;
  #textsTurn = 0;

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
    return isBlank(this.#paste());
  }

  /**
   * Puts a text into the box and answers it.
   *
   * @param {string} text
   */
  diagnose(text) {
    this.#box?.put({ text, name: "", files: null });
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
      onprogress: (file, share, stop) => this.#showReading({ file, share, soFar: "" }, stop),
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
      const diagnoser = await load({ catalog: catalog || undefined });
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
    const paste = this.#paste();
    this.#answers.read(paste);
    if (!isBlank(paste) && this.entry !== "") {
      // Whoever pastes wants an answer to that.
      this.#leaveEntry();
    }
    this.#show();
  }

  /** What is to be answered. @returns {import("./pasted.js").Paste} */
  #paste() {
    return this.#box?.paste ?? { text: "", name: "", files: null };
  }

  /** What reads long texts, and shows how far it is. */
  #reader() {
    const stop = () => {
      this.clear();
      this.#frame?.restore.focus();
    };
    return new Reader({
      onprogress: ({ bytes, lines, found, share }, { name }) => {
        const texts = this.#texts;
        const soFar = texts?.say("reading.so-far", { size: texts.size(bytes), lines, count: found }) ?? "";
        this.#showReading({ file: name, share, soFar }, stop);
      },
      ondone: () => this.#show(),
      ontrouble: (error) => (error instanceof LoadError ? this.#break(error) : this.#refuse(error)),
    });
  }

  /**
   * @param {{ file: string, share: number | null, soFar: string }} state
   * @param {() => void} stop
   */
  #showReading({ file, share, soFar }, stop) {
    if (!this.#texts || !this.#frame) return;
    const { answer } = this.#frame;
    const sentence = file ? this.#texts.say("reading.file", { file }) : this.#texts.say("reading");
    const earlier = answer.querySelector(".reading");
    const reading = renderReading(this.#texts, earlier, { sentence, soFar, share }, stop);
    if (!earlier) {
      this.#announcer?.say(sentence);
      answer.replaceChildren(reading);
      showMarked(this.#frame, []);
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
    if (!frame || this.#box?.isReading) {
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
    const shown = this.#render(texts, this.#diagnoser);
    if (!shown) {
      return;
    }
    const { answer, marked } = shown;
    frame.answer.replaceChildren(...(failure ? [failure] : []), ...answer);
    showMarked(frame, marked);
  }

  /** Makes the marked text anew, and nothing else. */
  #showMarked() {
    if (!this.#frame || !this.#texts || !this.#diagnoser) return;
    const { marked } = this.#render(this.#texts, this.#diagnoser) ?? { marked: [] };
    const top = this.#frame.marked.querySelector(".text")?.scrollTop ?? 0;
    this.#frame.marked.replaceChildren(...marked);
    this.#frame.marked.querySelector(".text")?.scrollTo({ top, behavior: "instant" });
  }

  /**
   * Null while a long text is being read; then what stands there stays.
   *
   * @param {Texts} texts
   * @param {Diagnoser} diagnoser
   */
  #render(texts, diagnoser) {
    const paste = this.#paste();
    const isAsked = this.entry === "" && !isBlank(paste);
    const means = { texts, diagnoser, lang: this.#wished()[0] ?? texts.lang };
    try {
      const report = isAsked ? this.#answers.report(means, paste) : null;
      if (isAsked && !report) return null;
      if (report) this.#announcer?.answer(texts, report);
      else this.#announcer?.empty();
      return this.#answers.render(means, report, paste, this.entry);
    } catch (error) {
      // See `#break`.
      this.#diagnoser = undefined;
      return { answer: [this.#renderFailure(texts, this.#note(error))], marked: [] };
    }
  }

  /** The engine broke down on a text. Its diagnoser is gone; trying again makes a new one. @param {LoadError} error */
  #break(error) {
    this.#diagnoser = undefined;
    this.#fail(error);
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
