// @ts-check
/**
 * Where a text comes in and waits: typed, pasted, dropped or from files; too long for a box, it stands beside it by name.
 *
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./pasted.js").Paste} Paste
 */

import { fitFrame } from "./framed.js";
import { readFiles } from "./intake.js";
import { make } from "./nodes.js";

/** Milliseconds after the last key before the text is read: less feels nervous, more feels slow. */
const TYPING_PAUSE = 120;
/** Milliseconds before progress is shown, and between two of its pictures: faster only flickers. */
const PROGRESS_PAUSE = 100;
/** Characters from which a text is too much for a box: the browser would need long to lay it out. */
const LONG_FOR_BOX = 200_000;

/**
 * @typedef {object} Listener
 * @property {() => void} ontext another text stands there
 * @property {(file: string, share: number, stop: () => void) => void} onprogress files are being read
 * @property {() => void} onstop they are no longer
 * @property {(error: unknown) => void} ontrouble they cannot be read
 */

export class Box {
  /** @type {import("./types.js").Texts | undefined} */
  #texts;
  /** What is too long for the box. @type {Paste | undefined} */
  #held;
  /** What was cleared and can be brought back. @type {Paste | undefined} */
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

  /** What is to be answered. @returns {Paste} */
  get paste() {
    return this.#held ?? { text: this.frame.box.value, name: "", files: null };
  }

  /** @param {import("./types.js").Texts} texts */
  speak(texts) {
    this.#texts = texts;
    this.#fit();
  }

  /**
   * Puts a text there: into the box, or beside it when it is too long for one.
   *
   * @param {Paste} paste
   */
  put(paste) {
    const { frame } = this;
    this.#reading?.abort();
    this.#reading = undefined;
    const isLong = paste.files !== null || paste.text.length > LONG_FOR_BOX;
    const isFocused = frame.box.matches(":focus");
    frame.box.value = isLong ? "" : paste.text;
    this.#held = isLong ? paste : undefined;
    this.#fit();
    // The box gives way, and the focus goes to what takes its place.
    if (isFocused && isLong) frame.held.focus();
    this.#tell();
  }

  /** Empties the box; the reader can bring back what stood there. */
  clear() {
    const { paste } = this;
    if (paste.files !== null || paste.text !== "") {
      this.#cleared = paste;
    }
    this.put({ text: "", name: "", files: null });
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
    let shown = performance.now();
    const onprogress = (/** @type {string} */ file, /** @type {number} */ share) => {
      const now = performance.now();
      if (now - shown > PROGRESS_PAUSE && !reading.signal.aborted) {
        shown = now;
        this.listener.onprogress(file, share, stop);
      }
    };
    try {
      const { text, isWhole } = await readFiles(files, { signal: reading.signal, onprogress });
      reading.signal.throwIfAborted();
      this.#cleared = undefined;
      this.put({ text, name: files.map(({ name }) => name).join(", "), files: isWhole ? null : files });
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
      const { name, text, files } = this.#held;
      const bytes = files?.reduce((sum, { size }) => sum + size, 0) ?? 0;
      const size = files ? this.#texts.say("held.file", { size: this.#texts.size(bytes) }) : this.#texts.say("held", { count: text.length });
      const title = name ? make("strong", { translate: "no", dir: "auto" }, name) : make("strong", {}, this.#texts.say("held.pasted"));
      held.replaceChildren(title, make("span", { class: "soft" }, size));
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
      if (cleared) this.put(cleared);
      (held.hidden ? box : held).focus();
    });
    open.addEventListener("click", () => chooser.click());
    chooser.addEventListener("change", () => {
      void this.read([...(chooser.files ?? [])]);
      chooser.value = "";
    });
    box.addEventListener("paste", (event) => {
      this.#takeFiles(event, event.clipboardData);
      this.#takeLong(event, event.clipboardData?.getData("text/plain") ?? "");
    });
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

  /**
   * What would become too long for the box is kept from it before the browser lays it out.
   *
   * @param {Event} event
   * @param {string} text
   */
  #takeLong(event, text) {
    const { value, selectionStart, selectionEnd } = this.frame.box;
    if (event.defaultPrevented || value.length + text.length <= LONG_FOR_BOX) {
      return;
    }
    const all = `${value.slice(0, selectionStart)}${text}${value.slice(selectionEnd)}`;
    if (all.length > LONG_FOR_BOX) {
      event.preventDefault();
      event.stopPropagation();
      this.#cleared = undefined;
      this.put({ text: all, name: "", files: null });
    }
  }
}
