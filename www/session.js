// @ts-check
/**
 * What the reader did with the answers: steps ticked, causes chosen, what was opened. It lasts as long as the page is
 * open and is kept by entry, so that typing on in the box or another language loses nothing. It is never stored.
 */

/** How far the reader went for one diagnosis. */
class Trail {
  /** The situation that is shown, all of them, or none while the question is open. @type {number | "all" | null} */
  situation = null;
  /** Situations that did not help. @type {Set<number>} */
  tried = new Set();
  /** How many other entries were tried after this one. */
  others = 0;
  solved = false;
}

export class Session {
  /** Ticked steps. @type {Set<string>} */
  ticks = new Set();
  /** What is unfolded. @type {Set<string>} */
  open = new Set();
  /** Stretches of a long text that the reader asked to see. @type {Set<number>} */
  shown = new Set();
  /** Which occurrence of a diagnosis was jumped to last, by its number. @type {Map<number, number>} */
  at = new Map();
  /** The entry chosen where one text could be several, by the first of them. @type {Map<string, string>} */
  chosen = new Map();
  /** @type {Map<string, Trail>} */
  #trails = new Map();

  /** @param {string} entry */
  trail(entry) {
    const known = this.#trails.get(entry) ?? new Trail();
    this.#trails.set(entry, known);
    return known;
  }

  /** Another text: what was ticked stays ticked, but the choices were made for the text that is gone. */
  forget() {
    this.#trails.clear();
    this.chosen.clear();
    this.shown.clear();
    this.at.clear();
    this.open.clear();
  }
}
