// @ts-check
/**
 * How `<error-diagnoser>` behaves: it loads texts and a catalog, listens to its box, and shows the answer to what stands in it.
 *
 * Events, all bubbling and composed, none with anything of the paste in it:
 * - `ready` { entries, languages }: a catalog is loaded;
 * - `diagnosis` { diagnoses: [{ entry, confidence }] }: something was recognised;
 * - `no-match` { closest: [entry] }: nothing was;
 * - `catalog-error` { code, message, url, status }: engine or catalog could not be loaded;
 * - `narrowed` { app, product }: the reader chose an app (or everything) in an answer.
 *
 * Slot: `aside`, beside the box where there is room, else below the answer.
 *
 * @typedef {ReturnType<typeof makeFrame>} Frame
 * @typedef {import("./types.js").Diagnoser} Diagnoser
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Texts} Texts
 */

import { Announcer } from "./announcer.js";
import { LoadError, WASM_DIRECTIVE, load } from "./engine.js";
import { sharedSheet } from "./element-style.js";
import { fitFrame, labelFrame, makeFrame } from "./frame.js";
import { pickLanguage } from "./language.js";
import { make } from "./nodes.js";
import { renderEmpty, renderFailure, renderLoading, renderReading, renderReport } from "./render.js";
import { loadTexts } from "./texts.js";

/** Milliseconds after the last key before the text is read: less feels nervous, more feels slow. */
const TYPING_PAUSE = 120;
/** Characters from which reading takes long enough to say so first. */
const LONG_TEXT = 200_000;

/** Where there is no DOM (a server), importing this module must do no harm. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (/** @type {unknown} */ (class {}));

export class ErrorDiagnoser extends Base {
  static observedAttributes = ["catalog", "lang", "app", "product"];

  /** @type {Frame | undefined} */
  #frame;
  /** @type {Texts | undefined} */
  #texts;
  /** @type {Diagnoser | undefined} */
  #diagnoser;
  /** What could not be loaded, if anything. @type {LoadError | undefined} */
  #failure;
  /** The app before the reader answered the question; undefined while no answer is given. @type {string | undefined} */
  #appBefore;
  #isComparing = false;
  /** @type {Announcer | undefined} */
  #announcer;
  /** Only the youngest of several loads counts. */
  #catalogTurn = 0;
  #textsTurn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;

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
      this.#appBefore = undefined;
      this.#isComparing = false;
      this.#show();
    }
  }

  /** The address of the catalog; the built-in one when empty. */
  get catalog() {
    return this.getAttribute("catalog") ?? "";
  }
  set catalog(value) {
    this.#reflect("catalog", value);
  }

  /** The app that errors come from, by name or alias; any when empty. */
  get app() {
    return this.getAttribute("app") ?? "";
  }
  set app(value) {
    this.#reflect("app", value);
  }

  /** The id of the product to search in; all when empty. */
  get product() {
    return this.getAttribute("product") ?? "";
  }
  set product(value) {
    this.#reflect("product", value);
  }

  /** `light`, `dark`, or else as the page around is. */
  get theme() {
    return this.getAttribute("theme") ?? "auto";
  }
  set theme(value) {
    this.#reflect("theme", value);
  }

  /**
   * Puts a text into the box and answers it.
   *
   * @param {string} text
   */
  diagnose(text) {
    if (this.#frame) {
      this.#frame.box.value = text;
      fitFrame(this.#frame);
      this.#read();
    }
  }

  /** Empties the box. */
  clear() {
    this.diagnose("");
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #reflect(name, value) {
    if (value) {
      this.setAttribute(name, value);
    } else {
      this.removeAttribute(name);
    }
  }

  #open() {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sharedSheet()];
    const frame = makeFrame();
    root.append(frame.root);
    this.#announcer = new Announcer(frame.status, (type, detail) => this.#tell(type, detail));
    frame.box.addEventListener("input", (event) => {
      fitFrame(frame);
      this.#listen(/** @type {InputEvent} */ (event));
    });
    frame.clear.addEventListener("click", () => {
      this.clear();
      frame.box.focus();
    });
    return frame;
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

  /** @param {InputEvent} event */
  #listen(event) {
    clearTimeout(this.#typing);
    const isWhole = event.inputType === "insertFromPaste" || event.inputType === "insertFromDrop";
    this.#typing = setTimeout(() => this.#read(), isWhole ? 0 : TYPING_PAUSE);
  }

  /** Answers what stands in the box now. */
  #read() {
    clearTimeout(this.#typing);
    this.#isComparing = false;
    const frame = this.#frame;
    if (frame?.box.value.trim() === "" && this.#appBefore !== undefined) {
      // The app was chosen for the text that is gone now.
      this.#narrow(this.#appBefore, this.product);
    }
    if (frame && this.#texts && this.#diagnoser && frame.box.value.length > LONG_TEXT) {
      frame.answer.replaceChildren(renderReading(this.#texts));
      this.#typing = setTimeout(() => this.#show(), 50);
    } else {
      this.#show();
    }
  }

  /** Brings the answer in line with the box, the catalog, the language and the choices. */
  #show() {
    const frame = this.#frame;
    const texts = this.#texts;
    if (!frame) {
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
    const nodes = this.#renderAnswer(texts, this.#diagnoser, frame.box.value);
    frame.answer.replaceChildren(...(failure ? [failure] : []), ...nodes);
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

  /**
   * @param {Texts} texts
   * @param {Diagnoser} diagnoser
   * @param {string} text
   * @returns {Node[]}
   */
  #renderAnswer(texts, diagnoser, text) {
    const lang = this.#wished()[0] ?? texts.lang;
    const heads = diagnoser.entries(lang);
    const products = diagnoser.products(lang);
    if (text.trim() === "") {
      this.#announcer?.empty();
      const titles = products.map(({ title }) => title);
      return [renderEmpty(texts, heads.length, titles)];
    }
    const ask = (/** @type {string} */ app) => diagnoser.diagnose(text, { lang, app, product: this.product });
    let report;
    let compared = null;
    try {
      report = ask(this.app);
      compared = this.#isComparing ? compare(report, ask) : null;
    } catch (error) {
      // The engine broke down on this text. Its diagnoser is gone; trying again makes a new one.
      this.#diagnoser = undefined;
      return [this.#renderFailure(texts, this.#note(error))];
    }
    this.#announcer?.answer(texts, report);
    return renderReport({
      texts,
      report,
      titles: new Map(heads.map(({ id, title }) => [id, title])),
      chosen: this.#appBefore === undefined ? "" : this.app,
      narrowed: [products.find(({ id }) => id === this.product)?.title ?? this.product, this.app].filter(Boolean),
      compared,
      actions: {
        choose: (app) => {
          const before = this.app;
          this.#narrow(app, this.product);
          this.#appBefore = before;
          this.#show();
          this.#focus("back");
        },
        back: () => {
          this.#narrow(this.#appBefore ?? "", this.product);
          this.#focus("choices");
        },
        compare: (on) => {
          this.#isComparing = on;
          this.#show();
          this.#focus(on ? "back" : "compare");
        },
        widen: () => {
          this.#narrow("", "");
          this.#frame?.box.focus();
        },
      },
    });
  }

  /**
   * @param {string} app
   * @param {string} product
   */
  #narrow(app, product) {
    this.app = app;
    this.product = product;
    this.#tell("narrowed", { app, product });
  }

  /** The pressed button is gone with the old answer; focus goes to where the way leads on. @param {string} name */
  #focus(name) {
    const target = this.#frame?.answer.querySelector(`[data-focus="${name}"]`);
    if (target instanceof HTMLElement) {
      target.focus();
    } else {
      this.#frame?.box.focus();
    }
  }
}

/**
 * The diagnosis for each choice of the question, as if the reader had chosen it.
 *
 * @param {Report} report
 * @param {(app: string) => Report} ask
 */
function compare(report, ask) {
  return (report.question?.choices ?? []).flatMap(({ label, entry }) => {
    const diagnosis = ask(label).diagnoses.find((candidate) => candidate.entry === entry);
    return diagnosis ? [{ label, diagnosis }] : [];
  });
}
