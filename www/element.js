// @ts-check
/**
 * How `<error-diagnoser>` behaves once it is used: it loads texts and catalogs, listens to its box or to the page's own
 * field, and shows the answer to what stands there.
 *
 * Events, all bubbling and composed, none with anything of the paste in it unless the page asked for it (`include-paste`):
 * - `ready` { entries, languages }: a catalog is loaded;
 * - `diagnosis` { diagnoses: [{ entry, confidence }] }: something was recognised;
 * - `no-match` { closest: [entry] }: nothing was;
 * - `solved` { entry }, `unsolved` { entry }: the reader says whether an answer helped;
 * - `catalog-error` { code, message, url, status }: engine or catalog could not be loaded;
 * - `narrowed` { app, product }: the reader chose an app (or everything) in an answer;
 * - `entry` { entry }: the entry that was looked up was left.
 *
 * Slots: `intro` and `footer`, before and after all of it; `aside`, beside the box where there is room, else below the
 * answer; `contact`, whom to ask when nothing is found.
 *
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./layers.js").Layers} Layers
 * @typedef {import("./types.js").Diagnoser} Diagnoser
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Texts} Texts
 */

import { Announcer } from "./announcer.js";
import { Answers } from "./answers.js";
import { Box } from "./box.js";
import { LoadError, WASM_DIRECTIVE } from "./engine.js";
import { sharedSheet } from "./element-style.js";
import { focusWay, goToAnswer, goToMark, labelFrame, remark, showMarked, tieMarks } from "./framed.js";
import { startHandout } from "./handout.js";
import { IntakeError } from "./intake.js";
import { pickLanguage } from "./language.js";
import { contents, loadLayers } from "./layers.js";
import { make } from "./nodes.js";
import { openForPrint } from "./paper.js";
import { nameParts } from "./part-names.js";
import { isBlank } from "./pasted.js";
import { Reader } from "./reader.js";
import { renderFailure, renderLeftOut, renderLoading, renderReading, renderTrouble } from "./states.js";
import { loadTexts } from "./texts.js";

/** Milliseconds after the last key in a watched field. */
const WATCHING_PAUSE = 300;

export class Behaviour {
  /** @type {Texts | undefined} */
  #texts;
  /** @type {Layers | undefined} */
  #layers;
  /** What could not be loaded, if anything. @type {LoadError | undefined} */
  #failure;
  #reader = new Reader({
    onprogress: (state) => this.#showReading(state, () => this.#stop()),
    ondone: () => this.#show(),
    ontrouble: (error) => (error instanceof LoadError ? this.#break(error) : this.#refuse(error)),
  });
  #answers = new Answers(this.#host(), this.#reader);
  /** Only the youngest of several loads counts. */
  #catalogTurn = 0;
  #textsTurn = 0;
  /** What stands in the page's own field. */
  #watched = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watching;
  /** What is being loaded. @type {Promise<unknown>} */
  #loading;

  /**
   * @param {import("./tag.js").ErrorDiagnoser} element
   * @param {Frame} frame what it consists of; a text may stand in its box already
   */
  constructor(element, frame) {
    this.element = element;
    this.frame = frame;
    element.shadowRoot?.adoptedStyleSheets.push(sharedSheet());
    this.announcer = new Announcer(frame.status, (type, detail) => this.#tellAnswer(type, detail));
    this.box = new Box(frame, {
      ontext: () => this.#read(),
      onstop: () => this.#show(),
      onprogress: (file, share, stop) => this.#showReading({ file, share, progress: null }, stop),
      ontrouble: (error) => this.#refuse(error),
    });
    tieMarks(frame);
    openForPrint(frame.answer);
    frame.root.addEventListener("focusin", () => this.#refresh());
    frame.root.addEventListener("filled", () => nameParts(frame.root));
    this.#loading = Promise.all([this.#loadTexts(), this.#loadCatalog()]);
  }

  /** A setting of the element has changed. @param {string} name */
  change(name) {
    if (name === "lang" || name === "placeholder") {
      void this.#loadTexts();
    } else if (name === "catalog" || name === "integrity") {
      this.#loading = this.#loadCatalog();
    } else {
      if (name === "app" || name === "product") this.#answers.reset();
      this.#show();
    }
  }

  /** Whether there is a text. */
  get isEmpty() {
    return isBlank(this.#paste());
  }

  /**
   * Puts a text into the box (where a field is watched, in its place) and answers it.
   *
   * @param {string} text
   * @returns {Promise<Report | null>}
   */
  async diagnose(text) {
    if (this.element.htmlFor) this.#watched = text;
    else this.box.put({ text, name: "", files: null });
    const paste = this.#paste();
    await this.#loading;
    if (!this.#texts || !this.#layers || this.#paste().text !== text) return null;
    this.#show();
    try {
      return this.#answers.report(this.#means(this.#texts, this.#layers), paste) ?? (await this.#reader.ended);
    } catch {
      return null; // The element shows why.
    }
  }

  /** Answers a field of the page, which is never changed. @param {HTMLElement} field */
  watch(field) {
    const text = "value" in field ? String(field.value) : field.innerText;
    if (text === this.#watched) return;
    this.#watched = text;
    clearTimeout(this.#watching);
    this.#watching = setTimeout(() => this.#read(), WATCHING_PAUSE);
  }

  /** Empties the box; the reader can bring back what stood there. */
  clear() {
    this.#watched = "";
    this.box.clear();
  }

  /**
   * Reads files into the box, or beside it when they are too long for one.
   *
   * @param {File[]} files
   */
  async read(files) {
    await this.box.read(files);
  }

  /** Moves the focus to the answer, for whoever followed a link to it. */
  focusAnswer() {
    focusWay(this.frame, "answer 0");
  }

  /** @returns {import("./answers.js").Host} */
  #host() {
    const self = this;
    return {
      get app() {
        return self.element.app;
      },
      get product() {
        return self.element.product;
      },
      get addressOf() {
        return self.element.addressOf;
      },
      get most() {
        return self.element.maxResults;
      },
      get layers() {
        return self.#layers;
      },
      narrow: (app, product) => {
        this.element.app = app;
        this.element.product = product;
        this.#tell("narrowed", { app, product });
      },
      redo: (focus) => {
        this.#show();
        focusWay(this.frame, focus);
      },
      redoMarked: () => this.#showMarked(),
      goTo: (of) => goToAnswer(this.frame, of),
      find: (of) => goToMark(this.frame, of),
      focusBox: () => this.frame.box.focus(),
      tell: (type, detail) => this.#tell(type, detail),
      closeEntry: () => {
        this.#leaveEntry();
        this.frame.box.focus();
      },
    };
  }

  #leaveEntry() {
    this.element.entry = "";
    this.#tell("entry", { entry: "" });
  }

  async #loadTexts() {
    const turn = ++this.#textsTurn;
    try {
      const texts = await loadTexts(pickLanguage(this.element.wished));
      if (turn === this.#textsTurn) {
        this.#texts = texts;
        labelFrame(this.frame, texts, this.element.placeholder);
        this.box.speak(texts);
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
    try {
      const layers = await loadLayers(this.element.sources, this.element, (error) => turn === this.#catalogTurn && this.#note(error), this.#layers);
      if (turn === this.#catalogTurn) {
        this.#layers = layers;
        // By then everything is asked for that anybody may need.
        startHandout();
        this.#tell("ready", contents(layers));
        this.#show();
      }
    } catch (error) {
      if (turn === this.#catalogTurn) this.#fail(error);
    }
  }

  /** A page that is its own catalog may have changed, or be another one after a navigation. */
  #refresh() {
    if (this.#layers && !this.#layers.isCurrent()) this.#loading = this.#loadCatalog();
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#note(error);
    this.#show();
  }

  /**
   * @param {unknown} error
   * @param {boolean} isKept whether it concerns more than this one text
   */
  #note(error, isKept = true) {
    const failure =
      error instanceof LoadError ? error : new LoadError("unknown", "engine", "./engine.js", { cause: error });
    const { code, message, url, status } = failure;
    if (isKept) this.#failure = failure;
    this.#tell("catalog-error", { code, message, url, status });
    return failure;
  }

  /**
   * @param {string} type
   * @param {object} detail
   */
  #tell(type, detail) {
    this.element.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /**
   * @param {string} type
   * @param {object} detail
   */
  #tellAnswer(type, detail) {
    this.#tell(type, this.element.includePaste ? { ...detail, text: this.#paste().text } : detail);
  }

  /** Answers what stands in the box now. */
  #read() {
    const paste = this.#paste();
    this.#answers.read(paste);
    if (!isBlank(paste) && this.element.entry !== "") {
      // Whoever pastes wants an answer to that.
      this.#leaveEntry();
    }
    this.#show();
  }

  /** What is to be answered. @returns {import("./pasted.js").Paste} */
  #paste() {
    return this.element.htmlFor ? { text: this.#watched, name: "", files: null } : this.box.paste;
  }

  /**
   * @param {import("./states.js").Reading} state
   * @param {() => void} stop
   */
  #showReading(state, stop) {
    if (!this.#texts || this.element.htmlFor) return;
    const { answer } = this.frame;
    const earlier = answer.querySelector(".reading");
    const reading = renderReading(this.#texts, earlier, state, stop);
    if (!earlier) {
      this.announcer.say(reading.querySelector(".sentence")?.textContent ?? "");
      answer.replaceChildren(reading);
      showMarked(this.frame, []);
    }
  }

  /** What is not read to its end is put away; the reader can bring it back. */
  #stop() {
    this.clear();
    this.frame.restore.focus();
  }

  /** @param {unknown} error */
  #refuse(error) {
    if (!this.#texts) return;
    const { code, file } = error instanceof IntakeError ? error : new IntakeError("unreadable", "", error);
    const sentence = this.#texts.say(`intake.${code}`, { file });
    this.announcer.say(sentence);
    this.frame.answer.replaceChildren(renderTrouble(this.#texts, sentence));
  }

  /** Brings the answer in line with the text, the catalog, the language and the choices. */
  #show() {
    if (!this.box.isReading) {
      this.#fill();
      nameParts(this.frame.root);
    }
  }

  #fill() {
    const { frame } = this;
    const texts = this.#texts;
    const isBeside = this.element.htmlFor !== "";
    frame.root.hidden = isBeside;
    if (!texts) {
      // Without texts the box has no label, and there is only the error's own English sentence to show.
      frame.field.hidden = this.#failure !== undefined;
      if (this.#failure) frame.answer.replaceChildren(make("p", { lang: "en" }, this.#failure.message));
      return;
    }
    frame.field.hidden = isBeside;
    frame.answer.setAttribute("aria-busy", String(!this.#layers && !this.#failure));
    const failure = this.#failure && this.#renderFailure(texts, this.#failure);
    if (!this.#layers) {
      frame.answer.replaceChildren(failure ?? renderLoading(texts));
      return;
    }
    const shown = this.#render(texts, this.#layers);
    if (!shown) return;
    const problems = this.#layers.diagnoser.problems();
    const leftOut = problems.length > 0 ? [renderLeftOut(texts, problems)] : [];
    const { answer, marked, isFound } = shown;
    frame.answer.replaceChildren(...(failure ? [failure] : []), ...answer, ...leftOut);
    showMarked(frame, this.element.layout === "compact" || isBeside ? [] : marked);
    // Beside another field stands what helps, or nothing.
    frame.root.hidden = isBeside && !isFound;
  }

  /** Makes the marked text anew, and nothing else. */
  #showMarked() {
    if (!this.#texts || !this.#layers) return;
    const { marked } = this.#render(this.#texts, this.#layers) ?? { marked: [] };
    remark(this.frame, marked);
    nameParts(this.frame.marked);
  }

  /**
   * @param {Texts} texts
   * @param {Layers} layers
   */
  #means(texts, { diagnoser }) {
    return { texts, diagnoser, lang: this.element.wished[0] ?? texts.lang };
  }

  /**
   * Null while a long text is being read; then what stands there stays.
   *
   * @param {Texts} texts
   * @param {Layers} layers
   */
  #render(texts, layers) {
    const paste = this.#paste();
    const means = this.#means(texts, layers);
    const { entry } = this.element;
    const isAsked = entry === "" && !isBlank(paste);
    try {
      const report = isAsked ? this.#answers.report(means, paste) : null;
      if (isAsked && !report) return null;
      const isFound = report?.diagnoses.some(({ confidence }) => confidence !== "possible") ?? false;
      if (report && (isFound || !this.element.htmlFor)) this.announcer.answer(texts, report);
      else this.announcer.empty();
      return { ...this.#answers.render(means, report, paste, entry), isFound };
    } catch (error) {
      return { answer: [this.#renderBreakdown(texts, error)], marked: [], isFound: false };
    }
  }

  /**
   * The engine broke down on this text, and has another instance for the next one.
   *
   * @param {Texts} texts
   * @param {unknown} error
   */
  #renderBreakdown(texts, error) {
    const failure = this.#note(error, false);
    this.announcer.say(texts.say("error.title"));
    return renderFailure(texts, failure, WASM_DIRECTIVE, false, null);
  }

  /** The same where the text was read in slices. @param {unknown} error */
  #break(error) {
    if (this.#texts) this.frame.answer.replaceChildren(this.#renderBreakdown(this.#texts, error));
  }

  /**
   * @param {Texts} texts
   * @param {LoadError} failure
   */
  #renderFailure(texts, failure) {
    this.announcer.say(texts.say("error.title"));
    return renderFailure(texts, failure, WASM_DIRECTIVE, this.#layers !== undefined, () => {
      this.frame.box.focus();
      void this.#loadCatalog();
      if (!this.#texts) {
        void this.#loadTexts();
      }
    });
  }
}
