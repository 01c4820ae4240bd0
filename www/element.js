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
 * @typedef {import("./types.js").Diagnoser} Diagnoser
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Texts} Texts
 */

import { LoadError, WASM_DIRECTIVE, load } from "./engine.js";
import { STYLE } from "./element-style.js";
import * as render from "./render.js";
import { loadTexts, pickLanguage } from "./texts.js";

/** Milliseconds after the last key before the text is read: less feels nervous, more feels slow. */
const TYPING_PAUSE = 120;
/** Milliseconds before a screen reader is told, so that it is told once and not at each key. */
const SPEAKING_PAUSE = 900;
/** Characters from which reading takes long enough to say so first. */
const LONG_TEXT = 200_000;
/** Where a browser cannot grow the box by itself: its limits, in rows. */
const ROWS = { least: 6, most: 18 };

/** Where there is no DOM (a server), importing this module must do no harm. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (/** @type {unknown} */ (class {}));

/** @type {CSSStyleSheet | undefined} */
let sheet;

function sharedSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
}

export class ErrorDiagnoser extends Base {
  static observedAttributes = ["catalog", "lang", "app", "product"];

  /** @type {ReturnType<typeof makeFrame> | undefined} */
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
  /** What the last event was about, so that a key more in the same error is no new one. */
  #told = "";
  /** Only the youngest of several loads counts. */
  #catalogTurn = 0;
  #textsTurn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #speaking;

  connectedCallback() {
    if (!this.#frame) {
      this.#frame = this.#open();
      void this.#loadTexts();
      void this.#loadCatalog();
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
      this.#read();
    }
  }

  /** Empties the box, and takes back an app that was chosen for what stood in it. */
  clear() {
    if (this.#appBefore !== undefined) {
      this.#narrow(this.#appBefore, this.product);
    }
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
    frame.box.addEventListener("input", (event) => this.#listen(/** @type {InputEvent} */ (event)));
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
        this.#label(texts);
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
    const failure =
      error instanceof LoadError ? error : new LoadError("unknown", "engine", import.meta.url, { cause: error });
    const { code, message, url, status } = failure;
    this.#failure = failure;
    this.#tell("catalog-error", { code, message, url, status });
    this.#show();
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
    this.#fit();
  }

  /** Answers what stands in the box now. */
  #read() {
    clearTimeout(this.#typing);
    this.#isComparing = false;
    this.#fit();
    const frame = this.#frame;
    if (frame && this.#texts && this.#diagnoser && frame.box.value.length > LONG_TEXT) {
      frame.answer.replaceChildren(render.renderReading(this.#texts));
      this.#typing = setTimeout(() => this.#show(), 50);
    } else {
      this.#show();
    }
  }

  #fit() {
    const frame = this.#frame;
    if (!frame) {
      return;
    }
    const { box, clear } = frame;
    clear.classList.toggle("hidden", box.value === "");
    if (!CSS.supports("field-sizing", "content")) {
      const lines = box.value.split("\n", ROWS.most).length;
      box.rows = Math.max(ROWS.least, lines);
    }
  }

  /** @param {Texts} texts */
  #label(texts) {
    const frame = this.#frame;
    if (frame) {
      frame.root.lang = texts.lang;
      frame.label.textContent = texts.say("box.label");
      frame.box.placeholder = texts.say("box.placeholder");
      frame.privacy.textContent = texts.say("box.privacy");
      frame.clear.textContent = texts.say("box.clear");
      frame.answer.setAttribute("aria-label", texts.say("answer.region"));
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
      // Without texts there is only the error's own English sentence to show.
      frame.answer.replaceChildren(this.#failure ? render.make("p", { lang: "en" }, this.#failure.message) : "");
      return;
    }
    frame.answer.setAttribute("aria-busy", String(!this.#diagnoser && !this.#failure));
    const failure = this.#failure && this.#renderFailure(texts, this.#failure);
    if (!this.#diagnoser) {
      frame.answer.replaceChildren(failure ?? render.renderLoading(texts));
      return;
    }
    frame.answer.replaceChildren(...(failure ? [failure] : []), ...this.#renderAnswer(texts, this.#diagnoser, frame.box.value));
  }

  /**
   * @param {Texts} texts
   * @param {LoadError} failure
   */
  #renderFailure(texts, failure) {
    return render.renderFailure(texts, failure, WASM_DIRECTIVE, this.#diagnoser !== undefined, () => {
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
      this.#told = "";
      this.#say("");
      const titles = products.map(({ title }) => title);
      return [render.renderEmpty(texts, heads.length, titles)];
    }
    const ask = (/** @type {string} */ app) => diagnoser.diagnose(text, { lang, app, product: this.product });
    const report = ask(this.app);
    this.#announce(texts, report);
    return render.renderReport({
      texts,
      report,
      titles: new Map(heads.map(({ id, title }) => [id, title])),
      chosen: this.#appBefore === undefined ? "" : this.app,
      narrowed: [products.find(({ id }) => id === this.product)?.title ?? this.product, this.app].filter(Boolean),
      compared: this.#isComparing ? compare(report, ask) : null,
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

  /**
   * Tells the page and the screen reader, if the answer is another one than before.
   *
   * @param {Texts} texts
   * @param {Report} report
   */
  #announce(texts, report) {
    const diagnoses = report.diagnoses.map(({ entry, confidence }) => ({ entry, confidence }));
    const found = diagnoses.filter(({ confidence }) => confidence !== "possible");
    const told = JSON.stringify([texts.lang, this.app, diagnoses]);
    if (told === this.#told) {
      return;
    }
    this.#told = told;
    if (found.length === 0) {
      this.#say(texts.say("announce.nothing", { count: diagnoses.length }));
      this.#tell("no-match", { closest: diagnoses.map(({ entry }) => entry) });
      return;
    }
    const isOpen = report.diagnoses.some((diagnosis) => render.isAsked(report, diagnosis));
    const titles = report.diagnoses.slice(0, found.length).map(({ title }) => title);
    const sentence = texts.say(isOpen ? "announce.question" : "answer.count", { count: found.length });
    this.#say(isOpen ? sentence : `${sentence}: ${texts.list(titles)}`);
    this.#tell("diagnosis", { diagnoses: found });
  }

  /** @param {string} sentence */
  #say(sentence) {
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(
      () => {
        if (this.#frame) {
          this.#frame.status.textContent = sentence;
        }
      },
      sentence === "" ? 0 : SPEAKING_PAUSE,
    );
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

/** The parts that stay while answers come and go. */
function makeFrame() {
  const { make } = render;
  const label = make("label", { for: "box" });
  const clear = make("button", { type: "button", class: "quiet clear hidden" });
  const box = make("textarea", {
    id: "box",
    rows: String(ROWS.least),
    dir: "auto",
    "aria-describedby": "privacy",
    // Some browsers send what is typed to a spelling or translation service; an error is nobody else's business.
    spellcheck: "false",
    autocomplete: "off",
    autocorrect: "off",
    autocapitalize: "off",
    translate: "no",
  });
  const privacy = make("p", { id: "privacy", class: "privacy" });
  const status = make("p", { class: "unseen", role: "status" });
  const answer = make("section", { class: "answer" });
  const field = make("div", { class: "field" }, make("div", { class: "row" }, label, clear), box, privacy);
  const aside = make("div", { class: "aside" }, make("slot", { name: "aside" }));
  const root = make("div", { class: "root" }, make("div", { class: "layout" }, field, status, answer, aside));
  return { root, label, clear, box, privacy, status, answer };
}
