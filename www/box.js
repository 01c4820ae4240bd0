// @ts-check
/**
 * Where a text comes in and waits: typed, pasted, dropped or from files; too long for a box, it stands beside it by name.
 *
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {{ name: string, text: string }} Held a text too long for the box
 */

import { fitFrame } from "./framed.js";
import { readFiles } from "./intake.js";
import { make } from "./nodes.js";

/** Milliseconds after the last key before the text is read: less feels nervous, more feels slow. */
const TYPING_PAUSE = 120;
/** Characters from which a file is too much for a box. */
const LONG_FOR_BOX = 500_000;

/**
 * @typedef {object} Listener
 * @property {() => void} ontext another text stands there
 * @property {(file: string, percent: number, stop: () => void) => void} onprogress files are being read
 * @property {() => void} onstop they are no longer
 * @property {(error: unknown) => void} ontrouble they cannot be read
 */

export class Box {
  /** @type {import("./types.js").Texts | undefined} */
  #texts;
  /** @type {Held | undefined} */
  #held;
  /** What was cleared and can be brought back. @type {{ text: string, held: Held | undefined } | undefined} */
  #cleared;
  /** @type {AbortController | undefined} */
  #reading;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;

  /**
   * @param {Frame} frame
   * @param {Listener} listener
   */
  constructor(frame, listener) {
    this.frame = frame;
    this.listener = listener;
    this.#listen();
  }

  /** Whether files are being read. */
  get isReading() {
    return this.#reading !== undefined;
  }

  /** What is to be answered. */
  get text() {
    return this.#held?.text ?? this.frame.box.value;
  }

  /** @param {import("./types.js").Texts} texts */
  speak(texts) {
    this.#texts = texts;
    this.#fit();
  }

  /**
   * @param {string} text
   * @param {Held} [held]
   */
  put(text, held) {
    this.#reading?.abort();
    this.#reading = undefined;
    this.frame.box.value = text;
    this.#held = held;
    this.#fit();
    this.#tell();
  }

  /** Empties the box; the reader can bring back what stood there. */
  clear() {
    if (this.text !== "") {
      this.#cleared = { text: this.frame.box.value, held: this.#held };
    }
    this.put("");
  }

  /** @param {File[]} files */
  async read(files) {
    if (files.length === 0) {
      return;
    }
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const stop = () => {
      reading.abort();
      this.#end(reading);
      this.frame.box.focus();
    };
    let said = -1;
    const onprogress = (/** @type {string} */ file, /** @type {number} */ share) => {
      const percent = Math.floor(share * 100);
      if (percent !== said && !reading.signal.aborted) {
        said = percent;
        this.listener.onprogress(file, percent, stop);
      }
    };
    onprogress(files[0]?.name ?? "", 0);
    try {
      const text = await readFiles(files, { signal: reading.signal, onprogress });
      reading.signal.throwIfAborted();
      const isLong = text.length > LONG_FOR_BOX;
      this.#cleared = undefined;
      this.put(isLong ? "" : text, isLong ? { name: files.map(({ name }) => name).join(", "), text } : undefined);
    } catch (error) {
      if (!reading.signal.aborted) {
        this.#end(reading);
        this.listener.ontrouble(error);
      }
    }
  }

  /** @param {AbortController} reading */
  #end(reading) {
    if (this.#reading === reading) {
      this.#reading = undefined;
      this.listener.onstop();
    }
  }

  #tell() {
    clearTimeout(this.#typing);
    this.listener.ontext();
  }

  #fit() {
    const { held } = this.frame;
    held.hidden = !this.#held;
    if (this.#held && this.#texts) {
      const { name, text } = this.#held;
      const size = make("span", { class: "soft" }, this.#texts.say("held", { count: text.length }));
      held.replaceChildren(make("strong", { translate: "no", dir: "auto" }, name), size);
    }
    fitFrame(this.frame, this.#cleared !== undefined);
  }

  #listen() {
    const { box, clear, restore, open, chooser, field, held } = this.frame;
    box.addEventListener("input", (event) => {
      const { inputType } = /** @type {InputEvent} */ (event);
      this.#reading?.abort();
      this.#reading = undefined;
      this.#cleared = undefined;
      this.#fit();
      clearTimeout(this.#typing);
      const isWhole = inputType === "insertFromPaste" || inputType === "insertFromDrop";
      this.#typing = setTimeout(() => this.#tell(), isWhole ? 0 : TYPING_PAUSE);
    });
    clear.addEventListener("click", () => {
      this.clear();
      (restore.hidden ? box : restore).focus();
    });
    restore.addEventListener("click", () => {
      const cleared = this.#cleared;
      this.#cleared = undefined;
      this.put(cleared?.text ?? "", cleared?.held);
      (cleared?.held ? held : box).focus();
    });
    open.addEventListener("click", () => chooser.click());
    chooser.addEventListener("change", () => {
      void this.read([...(chooser.files ?? [])]);
      chooser.value = "";
    });
    box.addEventListener("paste", (event) => this.#takeFiles(event, event.clipboardData));
    field.addEventListener("dragover", (event) => event.preventDefault());
    field.addEventListener("drop", (event) => this.#takeFiles(event, event.dataTransfer));
  }

  /**
   * @param {Event} event
   * @param {DataTransfer | null} data
   */
  #takeFiles(event, data) {
    const files = [...(data?.files ?? [])];
    // Some programs put a picture of a text beside the text.
    if (files.length > 0 && !data?.types.includes("text/plain")) {
      event.preventDefault();
      event.stopPropagation();
      void this.read(files);
    }
  }
}
