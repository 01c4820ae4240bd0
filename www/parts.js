// @ts-check
/**
 * The parts that answers of every kind are made of.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {import("./types.js").Texts} Texts
 * @typedef {import("./render.js").Answer} Answer
 */

import { renderCauses } from "./causes.js";
import { button, fold, make } from "./nodes.js";
import { foreign, renderSlot } from "./prose.js";
import { renderMissing } from "./why.js";

/** Characters from which on a text is too long to find the place by eye. */
const LONG_TEXT = 600;
/** How many line numbers are written out before "and 12 more". */
const SHOWN_LINES = 6;

/**
 * The message, with what stood in its slots, and where it was found when that is more than once.
 *
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 * @param {number} of
 */
export function renderMessage({ texts, paste, actions }, diagnosis, of) {
  const isFound = diagnosis.confidence !== "possible";
  return make(
    "div",
    { class: "recognised" },
    make("p", { class: "label" }, texts.say(isFound ? "recognised" : "closest.message")),
    // The language of a message is not known: it is what the product printed.
    make("p", { class: "message", lang: "", dir: "auto", translate: "no" }, ...filledMessage(diagnosis, paste.text)),
    diagnosis.count > 1 && make("p", { class: "soft" }, foundSentence(texts, diagnosis)),
    isFound &&
      diagnosis.evidence.length > 0 &&
      (paste.files !== null || paste.text.length > LONG_TEXT) &&
      button(texts.say("recognised.find"), () => actions.find(of), { class: "quiet find" }),
  );
}

/**
 * @param {Diagnosis} diagnosis
 * @param {string} text
 * @returns {(Node | string)[]}
 */
function filledMessage({ message, values, evidence, excerpt }, text) {
  const offset = excerpt?.start ?? 0;
  const around = excerpt?.text ?? text;
  const at = (/** @type {number | undefined} */ position) => Math.max(0, (position ?? 0) - offset);
  const seen = around.slice(at(evidence[0]?.start), at(evidence.at(-1)?.end)).toLowerCase();
  return message.split(/(\{[^{}]*\})/).map((piece) => {
    const inner = piece.startsWith("{") ? piece.slice(1, -1) : "";
    if (values.some(({ name }) => name === inner)) {
      return renderSlot(inner, values);
    }
    const isAlternatives = inner.includes("|") && !/["=]/.test(inner);
    if (!isAlternatives) {
      return piece;
    }
    // The one that was pasted; all of them where it is written otherwise there, or where nothing was recognised.
    const ways = inner.split("|");
    const said = ways.filter((way) => seen.includes(way.trim().toLowerCase()));
    return said.length === 1 ? said.join("") : make("span", { class: "alternatives" }, ways.join(" / "));
  });
}

/**
 * @param {Texts} texts
 * @param {Diagnosis} diagnosis
 */
function foundSentence(texts, { count, lines }) {
  const shown = lines.slice(0, SHOWN_LINES).map((line) => texts.number(line));
  const rest = lines.length - shown.length;
  const items = rest > 0 ? [...shown, texts.say("found.more", { count: rest })] : shown;
  const where = texts.say("found.lines", { count: lines.length, lines: texts.list(items) });
  return texts.say("found.times", { count, where });
}

/**
 * @param {Texts} texts
 * @param {Diagnosis} diagnosis
 */
export function renderApps(texts, { apps }) {
  const named = apps.length > 0 ? texts.list(apps) : texts.say("apps.all");
  return make("p", { class: "apps" }, make("span", { class: "label" }, texts.say("apps")), " ", named);
}

/**
 * A diagnosis that opens on request.
 *
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 * @param {string} app the app that the summary names, unless the title does
 */
export function renderFolded(answer, diagnosis, app) {
  const { texts, session } = answer;
  const isMatch = diagnosis.confidence !== "possible";
  const title = make("span", { lang: foreign(texts, diagnosis.lang) }, diagnosis.title);
  const tag = make("span", { class: "tag" }, make("span", { class: "sign", "aria-hidden": "true" }), texts.say("possible"));
  const renderClosest = () => {
    const missing = diagnosis.explanation?.missing ?? [];
    return [renderMessage(answer, diagnosis, 0), missing.length > 0 && renderMissing(texts, missing, "closest.missing"), renderApps(texts, diagnosis)];
  };
  return fold(
    session.open,
    `folded ${diagnosis.entry}`,
    { class: "folded" },
    [diagnosis.title.includes(app) ? "" : `${app}: `, title, ...(isMatch ? [] : [" ", tag])],
    () => [...(isMatch ? [] : renderClosest()), renderCauses(answer, diagnosis)],
  );
}
