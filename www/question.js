// @ts-check
/**
 * The one question that decides between entries: which app shows the error, or which description fits.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./render.js").Answer} Answer
 */

import { button, make } from "./nodes.js";
import { renderFolded } from "./parts.js";

/**
 * What the question of the report asks about this diagnosis, if anything, and if it was not answered yet.
 *
 * @param {Report} report
 * @param {Diagnosis} diagnosis
 */
export function asked({ question }, { entry, alternatives }) {
  const isAsked = alternatives.length > 0 && question?.choices.some((choice) => choice.entry === entry);
  return isAsked ? (question?.about ?? null) : null;
}

/**
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 */
export function renderAppQuestion(answer, diagnosis) {
  const { texts, report, compared, actions } = answer;
  const choices = report.question?.choices ?? [];
  const count = choices.length;
  if (compared) {
    return make(
      "div",
      { class: "question" },
      make("p", {}, texts.say("question.compare")),
      ...compared.map((one) => renderFolded(answer, one.diagnosis, one.label)),
      button(texts.say("question.compare.back"), () => actions.compare(false), { class: "quiet", "data-focus": "back" }),
    );
  }
  return make(
    "div",
    { class: "question" },
    make("p", {}, texts.say("question.app.why", { count })),
    make(
      "div",
      { class: "choices", role: "group", "aria-label": texts.say("question.app") },
      ...choices.map(({ label, entry }) =>
        button(label, () => actions.choose(label), { "data-focus": entry === diagnosis.entry ? "choices" : undefined }),
      ),
    ),
    button(texts.say("question.unsure", { count }), () => actions.compare(true), {
      class: "quiet",
      "data-focus": "compare",
    }),
  );
}

/**
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 */
export function renderEntryQuestion({ texts, report, titles, session, actions }, diagnosis) {
  const choices = report.question?.choices ?? [];
  const choose = (/** @type {string} */ entry) => {
    session.chosen.set(diagnosis.entry, entry);
    actions.redo(`${diagnosis.entry} chosen`);
  };
  return make(
    "div",
    { class: "question" },
    make("p", {}, texts.say("question.situation.why", { count: choices.length })),
    make(
      "div",
      { class: "choices stacked", role: "group", "aria-label": texts.say("question.situation") },
      ...choices.map(({ label, entry }, nth) =>
        button(titles.get(entry) ?? label, () => choose(entry), {
          "data-focus": nth === 0 ? `${diagnosis.entry} choices` : undefined,
        }),
      ),
    ),
  );
}

/**
 * The way back from a chosen description to the question.
 *
 * @param {Answer} answer
 * @param {string} first the first of the entries that the text could be
 */
export function renderChosenEntry({ texts, session, actions }, first) {
  const back = () => {
    session.chosen.delete(first);
    actions.redo(`${first} choices`);
  };
  return make(
    "p",
    { class: "chosen" },
    make("span", {}, texts.say("chosen.situation")),
    button(texts.say("chosen.situation.back"), back, { class: "quiet", "data-focus": `${first} chosen` }),
  );
}
