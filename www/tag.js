// @ts-check
/**
 * The tag as a page gets it: a box and the promise that what is pasted stays. All else (answers, texts, engine, catalog)
 * is loaded when it is used for the first time, once for all elements of a page.
 *
 * @typedef {import("./element.js").Behaviour} Behaviour
 * @typedef {import("./frame.js").Frame} Frame
 */

import { firstSheet } from "./first-style.js";
import { firstTexts } from "./first-texts.js";
import { makeFrame } from "./frame.js";
import { pickLanguage } from "./language.js";
import { make } from "./nodes.js";
import { Settings } from "./settings.js";

const load = () => import("./element.js");

export class ErrorDiagnoser extends Settings {
  static observedAttributes = [
    ..."catalog integrity lang app product theme layout max-results for placeholder loading include-paste entry".split(" "),
  ];

  /** @type {Frame | undefined} */
  #frame;
  /** @type {Behaviour | undefined} */
  #behaviour;
  /** @type {Promise<Behaviour> | undefined} */
  #starting;
  /** Where the watched field is looked for. @type {Node | undefined} */
  #around;
  /** @type {IntersectionObserver | undefined} */
  #seen;

  /** Where an entry has an address of its own: what that is. @type {((entry: string) => string) | null} */
  addressOf = null;

  connectedCallback() {
    if (!this.#frame) {
      // Properties that a framework set before this class was there.
      for (const [name, value] of Object.entries(this)) {
        if (name in ErrorDiagnoser.prototype) {
          Reflect.deleteProperty(this, name);
          Reflect.set(this, name, value);
        }
      }
      this.#frame = this.#open();
    }
    this.#around = this.getRootNode();
    for (const type of WATCHED) this.#around.addEventListener(type, this.#watch);
    this.changed("loading");
  }

  disconnectedCallback() {
    for (const type of WATCHED) this.#around?.removeEventListener(type, this.#watch);
    this.#seen?.disconnect();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} value
   */
  attributeChangedCallback(name, before, value) {
    if (before !== value) this.changed(name);
  }

  /** @override @param {string} name */
  changed(name) {
    if (!this.#frame) return;
    if (this.#behaviour) {
      this.#behaviour.change(name);
      return;
    }
    this.#label(this.#frame);
    if (this.loading === "eager" || this.entry) {
      // After the script that defined the element has run on, so that properties which it sets count for the first load.
      queueMicrotask(() => this.#ask());
    } else if (this.loading === "visible" && name === "loading") {
      this.#seen?.disconnect();
      this.#seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.#ask());
      this.#seen.observe(this);
    }
  }

  /** Whether there is no text. */
  get isEmpty() {
    return this.#behaviour?.isEmpty ?? (this.#frame?.box.value ?? "").trim() === "";
  }

  /**
   * Puts a text into the box and answers it.
   *
   * @param {string} text
   * @returns {Promise<import("./types.js").Report | null>} the answer; null when engine or catalog cannot be loaded
   */
  async diagnose(text) {
    // At once where it can: whoever gives several texts sees each of them answered.
    const behaviour = this.#behaviour ?? (await this.#wake());
    return behaviour?.diagnose(text) ?? null;
  }

  /** Empties the box; the reader can bring back what stood there. */
  clear() {
    if (this.#behaviour) this.#behaviour.clear();
    else if (this.#frame) this.#frame.box.value = "";
  }

  /**
   * Reads files into the box, or beside it when they are too long for one.
   *
   * @param {File[]} files
   */
  async read(files) {
    await (await this.#wake())?.read(files);
  }

  /** Moves the focus to the answer, for whoever followed a link to it. */
  async focusAnswer() {
    (await this.#wake())?.focusAnswer();
  }

  #open() {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [firstSheet()];
    const frame = makeFrame();
    root.append(frame.root);
    for (const type of ["focusin", "input", "dragenter"]) frame.root.addEventListener(type, () => this.#ask());
    // A browser opens a file that nobody takes, and the page is gone.
    frame.field.addEventListener("dragover", (event) => event.preventDefault());
    frame.field.addEventListener("drop", (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (this.#behaviour || files.length === 0) return;
      event.preventDefault();
      void this.read(files);
    });
    return frame;
  }

  /** @param {Frame} frame */
  #label({ root, field, label, box, privacy, open, clear }) {
    const lang = pickLanguage(this.wished);
    const texts = firstTexts(lang);
    root.lang = lang;
    root.hidden = this.htmlFor !== "";
    field.hidden = false;
    label.textContent = texts.label;
    box.placeholder = this.placeholder || texts.placeholder;
    privacy.textContent = texts.privacy;
    open.hidden = clear.hidden = true;
  }

  /** The languages that the reader wishes for, best first: the element's, the page's around, the browser's. @returns {readonly string[]} */
  get wished() {
    const around = this.closest("[lang]")?.getAttribute("lang");
    return around ? [around] : navigator.languages;
  }

  #ask() {
    if (!this.#behaviour) void this.#wake();
  }

  async #wake() {
    this.#starting ??= this.#start();
    return this.#starting.catch(() => undefined);
  }

  /** @returns {Promise<Behaviour>} */
  async #start() {
    const frame = (this.#frame ??= this.#open());
    const { loading, failed } = firstTexts(pickLanguage(this.wished));
    this.#say(frame, loading, "loading");
    try {
      const { Behaviour } = await load();
      this.#seen?.disconnect();
      frame.open.hidden = frame.clear.hidden = false;
      this.#behaviour = new Behaviour(this, frame);
      return this.#behaviour;
    } catch (cause) {
      this.#starting = undefined;
      this.#say(frame, failed, "failure");
      const detail = { code: "module", message: String(cause), url: "./element.js", status: 0 };
      this.dispatchEvent(new CustomEvent("catalog-error", { detail, bubbles: true, composed: true }));
      throw cause;
    }
  }

  /**
   * @param {Frame} frame
   * @param {string} sentence
   * @param {string} kind
   */
  #say({ status, answer }, sentence, kind) {
    status.textContent = sentence;
    answer.setAttribute("aria-busy", String(kind === "loading"));
    answer.replaceChildren(make("p", { class: kind, part: kind }, sentence));
  }

  /** The watched field may come later than the element, and be another one after each navigation: its events tell. */
  #watch = (/** @type {Event} */ { target }) => {
    if (target instanceof HTMLElement && this.htmlFor !== "" && target.id === this.htmlFor) {
      void this.#wake().then((behaviour) => behaviour?.watch(target));
    }
  };
}

const WATCHED = ["focusin", "input"];
