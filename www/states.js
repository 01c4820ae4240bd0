// @ts-check
/**
 * What stands in the place of an answer: nothing yet, not yet, nothing found, something broken.
 *
 * @typedef {import("./types.js").Texts} Texts
 * @typedef {import("./render.js").Answer} Answer
 */

import { renderDraft, renderReportOffer } from "./handout.js";
import { button, make } from "./nodes.js";
import { renderFolded } from "./parts.js";
import { renderProse } from "./prose.js";

/** A catalog can have more problems than a page should have lines. */
const SHOWN_PROBLEMS = 100;

/** @param {Texts} texts */
export function renderLoading(texts) {
  return make("p", { class: "loading" }, texts.say("loading"));
}

/**
 * How far the reading of a long text or of files is.
 *
 * @typedef {object} Reading
 * @property {string} file its name; "" for what was pasted
 * @property {number | null} share how much of it has been read, from 0 to 1, where that is known
 * @property {import("./types.js").Progress | null} progress what the engine says, once it reads
 */

/**
 * Brought up to date, it keeps its button, and that keeps its focus.
 *
 * @param {Texts} texts
 * @param {Element | null} earlier what this function made before, if it stands there still
 * @param {Reading} state
 * @param {() => void} stop
 */
export function renderReading(texts, earlier, { file, share, progress }, stop) {
  const reading =
    earlier ??
    make(
      "div",
      { class: "reading" },
      make("p", { class: "sentence", id: "reading" }, file ? texts.say("reading.file", { file }) : texts.say("reading")),
      make("progress", { max: "1", "aria-labelledby": "reading" }),
      make("p", { class: "soft so-far" }),
      button(texts.say("cancel"), stop, { "data-focus": "cancel" }),
    );
  const [, bar, soFar] = reading.children;
  if (progress && soFar) {
    const { bytes, lines, found } = progress;
    soFar.textContent = texts.say("reading.so-far", { size: texts.size(bytes), lines, count: found });
  }
  if (bar instanceof HTMLProgressElement) {
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
  }
  return reading;
}

/**
 * What stands there before anything was pasted.
 *
 * @param {Texts} texts
 * @param {number} entries
 * @param {string[]} products
 */
export function renderEmpty(texts, entries, products) {
  return make(
    "section",
    { class: "empty" },
    make("h2", {}, texts.say("empty.title")),
    make(
      "ol",
      { role: "list" },
      make("li", {}, texts.say("empty.copy")),
      make("li", {}, texts.say("empty.paste")),
      make("li", {}, texts.say("empty.read")),
    ),
    make("p", { class: "soft" }, texts.say("empty.catalog", { count: entries, products: texts.list(products) })),
  );
}

/**
 * What could not be loaded, why, and what to do.
 *
 * @param {Texts} texts
 * @param {import("./engine.js").LoadError} error
 * @param {string} directive what a content security policy has to allow
 * @param {boolean} fallback whether another catalog answers instead
 * @param {(() => void) | null} retry null where that would break again
 */
export function renderFailure(texts, error, directive, fallback, retry) {
  const { url, status, problems } = error;
  const sentence = texts.say(`error.${error.code}`, { part: texts.say(`part.${error.part}`), url, status, directive });
  return make(
    "section",
    { class: "failure" },
    make("h2", {}, texts.say("error.title")),
    make("p", {}, sentence),
    fallback && make("p", {}, texts.say("error.fallback")),
    problems.length > 0 &&
      make(
        "details",
        {},
        make("summary", {}, texts.say("error.problems", { count: problems.length })),
        make("ul", { class: "problems", lang: "en" }, ...problems.map((problem) => make("li", {}, problem))),
      ),
    retry && button(texts.say("error.retry"), retry, { "data-focus": "retry" }),
  );
}

/**
 * What of the catalog cannot be used, for whoever looks after it. The rest of it answers.
 *
 * @param {Texts} texts
 * @param {string[]} problems
 */
export function renderLeftOut(texts, problems) {
  return make(
    "details",
    { class: "left-out soft" },
    make("summary", {}, texts.say("left-out", { count: problems.length })),
    make("ul", { class: "problems", lang: "en" }, ...problems.slice(0, SHOWN_PROBLEMS).map((problem) => make("li", {}, problem))),
  );
}

/**
 * A file that cannot be read.
 *
 * @param {Texts} texts
 * @param {string} sentence
 */
export function renderTrouble(texts, sentence) {
  return make("section", { class: "failure" }, make("h2", {}, texts.say("intake.title")), make("p", {}, sentence));
}

/** @param {Answer} answer */
export function renderNothing(answer) {
  const { texts, narrowed, actions, contact } = answer;
  return make(
    "section",
    { class: "nothing" },
    make("h2", {}, texts.say("nothing.title")),
    make("p", {}, texts.say("nothing.text")),
    make("p", { class: "soft" }, texts.say("nothing.advice")),
    narrowed.length > 0 &&
      make(
        "p",
        { class: "chosen" },
        make("span", {}, texts.say("nothing.narrowed", { where: texts.list(narrowed) })),
        button(texts.say("nothing.widen"), actions.widen, { class: "quiet" }),
      ),
    make("h3", {}, texts.say("nothing.next")),
    // The portal's own contact, by its page or else its catalog; without one, in general.
    make("slot", { name: "contact" }, ...(contact ? renderProse(texts, contact, []) : [make("p", {}, texts.say("nothing.contact"))])),
    renderReportOffer(answer),
    renderDraft(answer),
  );
}

/** @param {Answer} answer */
export function renderClosest(answer) {
  const { texts, report } = answer;
  return make(
    "section",
    { class: "closest" },
    make("h2", {}, texts.say("closest.title")),
    make("p", { class: "soft" }, texts.say("closest.text")),
    ...report.diagnoses.map((diagnosis) => renderFolded(answer, diagnosis, "")),
  );
}
