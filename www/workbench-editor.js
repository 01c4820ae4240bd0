// @ts-check
/**
 * A box for a page's text, with its line numbers and a mark at every line that something is wrong with.
 *
 * @typedef {import("./types.js").Problem} Problem
 */

import { make } from "./nodes.js";

/** How many lines are marked at most: more marks tell nothing more. */
const MOST_MARKS = 500;
/** The height of a line, as workbench.css has it, in parts of the letter's size. */
const LINE = 1.5;

export class Editor {
  /** How many lines the gutter numbers. */
  #lines = 0;

  /**
   * @param {HTMLTextAreaElement} box
   * @param {HTMLElement} gutter
   * @param {() => void} changed
   */
  constructor(box, gutter, changed) {
    this.box = box;
    this.numbers = /** @type {HTMLElement} */ (gutter.querySelector("pre"));
    this.marks = /** @type {HTMLElement} */ (gutter.querySelector(".marks"));
    box.addEventListener("input", () => {
      this.#number();
      changed();
    });
    box.addEventListener("scroll", () => this.#follow());
  }

  get text() {
    return this.box.value;
  }

  /** @param {string} text */
  show(text) {
    if (this.box.value !== text) {
      this.box.value = text;
    }
    this.#number();
    this.#follow();
  }

  #number() {
    let lines = 1;
    for (let at = this.box.value.indexOf("\n"); at >= 0; at = this.box.value.indexOf("\n", at + 1)) {
      lines += 1;
    }
    if (lines !== this.#lines) {
      this.#lines = lines;
      this.numbers.textContent = Array.from({ length: lines }, (_, line) => line + 1).join("\n");
    }
  }

  /** The gutter scrolls with the text. */
  #follow() {
    const shift = `translateY(${-this.box.scrollTop}px)`;
    this.numbers.style.transform = shift;
    this.marks.style.transform = shift;
  }

  /** @param {Problem[]} problems those of the text that is shown */
  mark(problems) {
    /** @type {Map<number, Problem["severity"]>} */
    const lines = new Map();
    for (const { line, severity } of problems) {
      if (line > 0 && lines.get(line) !== "error") {
        lines.set(line, severity);
      }
    }
    const marks = [...lines].slice(0, MOST_MARKS).map(([line, severity]) => {
      const mark = make("span", { class: severity });
      mark.style.insetBlockStart = `${(line - 1) * LINE}em`;
      return mark;
    });
    this.marks.replaceChildren(...marks);
  }

  /**
   * Selects a line and scrolls to it.
   *
   * @param {number} line counted from 1
   */
  goTo(line) {
    const before = this.box.value.split("\n").slice(0, Math.max(0, line - 1));
    const start = before.join("\n").length + (before.length > 0 ? 1 : 0);
    const end = this.box.value.indexOf("\n", start);
    this.box.focus();
    this.box.setSelectionRange(start, end < 0 ? this.box.value.length : end);
    const height = LINE * Number.parseFloat(getComputedStyle(this.box).fontSize);
    this.box.scrollTop = Math.max(0, (line - 4) * height);
    this.#follow();
  }
}
