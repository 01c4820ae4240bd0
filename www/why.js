// @ts-check
/**
 * Why this answer and not another: how the message was recognised, what was missing, what spoke against the next one.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {import("./types.js").Texts} Texts
 * @typedef {import("./render.js").Answer} Answer
 */

import { fold, make } from "./nodes.js";

/** How many missing parts are named. */
const MOST_MISSING = 4;

/**
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 */
export function renderWhy({ texts, session }, diagnosis) {
  // It is made when it is read, so who does not open this does not wait for it.
  if (!("explanation" in diagnosis)) {
    return null;
  }
  return fold(session.open, `why ${diagnosis.entry}`, { class: "why" }, [texts.say("why")], () => renderExplanation(texts, diagnosis.explanation));
}

/**
 * @param {Texts} texts
 * @param {import("./types.js").Explanation | undefined} explanation
 */
function renderExplanation(texts, explanation) {
  if (!explanation) {
    return [];
  }
  const { how, share, missing, runner_up: next } = explanation;
  const hasShare = how !== "description" && share > 0;
  return [
    make("p", {}, texts.say(`why.${how}`), " ", hasShare && how !== "whole" && texts.say("why.share", { share: percent(texts, share) })),
    missing.length > 0 && renderMissing(texts, missing, "why.missing"),
    next && make("p", {}, texts.say("why.next", { title: next.title, share: percent(texts, next.share) })),
    next?.other_code && make("p", {}, texts.say("why.next.code")),
    next && next.missing.length > 0 && renderMissing(texts, next.missing, "why.next.missing"),
    !next && make("p", {}, texts.say("why.none")),
  ];
}

/**
 * Parts of a message that do not stand in the text.
 *
 * @param {Texts} texts
 * @param {string[]} missing
 * @param {"why.missing" | "why.next.missing" | "closest.missing"} label
 */
export function renderMissing(texts, missing, label) {
  const rest = missing.length - MOST_MISSING;
  return make(
    "div",
    { class: "missing" },
    make("p", {}, texts.say(label)),
    make(
      "ul",
      {},
      ...missing.slice(0, MOST_MISSING).map((part) => make("li", {}, make("code", { lang: "", dir: "auto", translate: "no" }, part.trim()))),
      rest > 0 && make("li", {}, texts.say("found.more", { count: rest })),
    ),
  );
}

/**
 * @param {Texts} texts
 * @param {number} share
 */
function percent(texts, share) {
  return new Intl.NumberFormat(texts.lang, { style: "percent" }).format(share / 100);
}
