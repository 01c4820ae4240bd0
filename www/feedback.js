// @ts-check
/**
 * Whether it helped, and where the way leads on when it did not: the next cause, then the next entry, then a person.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {import("./render.js").Answer} Answer
 */

import { renderCauses } from "./causes.js";
import { button, make } from "./nodes.js";
import { foreign } from "./prose.js";

/**
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 * @returns {(Node | false)[]}
 */
export function renderFeedback(answer, diagnosis) {
  const { texts, session, actions } = answer;
  const trail = session.trail(diagnosis.entry);
  // Which ones may be told by why it is this one, and that takes a while to say.
  const others = trail.others > 0 ? otherEntries(answer, diagnosis) : [];
  const shown = others.slice(0, trail.others);
  const isOver = trail.others > others.length;
  const last = shown.at(-1) ?? diagnosis;
  const isAsking = last.situations.length > 1 && session.trail(last.entry).situation === null;
  const focus = `${diagnosis.entry} feedback`;
  const solve = (/** @type {boolean} */ solved) => {
    trail.solved = solved;
    if (solved) actions.tell("solved", { entry: last.entry });
    actions.redo(focus);
  };
  return [
    ...shown.map((other) => renderOther(answer, diagnosis, other)),
    trail.solved &&
      make(
        "p",
        { class: "feedback" },
        make("strong", {}, texts.say("feedback.solved")),
        button(texts.say("feedback.undo"), () => solve(false), { class: "quiet", "data-focus": focus }),
      ),
    !trail.solved && isOver && renderEnd(answer, focus),
    !trail.solved &&
      !isOver &&
      !isAsking &&
      make(
        "div",
        { class: "feedback", role: "group", "aria-label": texts.say("feedback") },
        make("span", { "aria-hidden": "true" }, texts.say("feedback")),
        button(texts.say("feedback.yes"), () => solve(true), { "data-focus": focus }),
        button(texts.say("feedback.no"), () => {
          actions.tell("unsolved", { entry: last.entry });
          goOn(answer, diagnosis, last);
        }),
      ),
  ];
}

/**
 * The next cause that was not tried, else the next entry.
 *
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 * @param {Diagnosis} last what was tried last: the diagnosis itself or one after it
 */
function goOn({ session, actions }, diagnosis, last) {
  const trail = session.trail(last.entry);
  if (typeof trail.situation === "number") {
    trail.tried.add(trail.situation);
    const next = last.situations.findIndex((_, nth) => !trail.tried.has(nth));
    if (next >= 0) {
      trail.situation = next;
      actions.redo(`${last.entry} back`);
      return;
    }
  }
  session.trail(diagnosis.entry).others += 1;
  actions.redo(`${diagnosis.entry} next`);
}

/**
 * Entries that it may be instead, best first, without those that are shown anyway.
 *
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 */
function otherEntries({ report, lookUp }, { entry, alternatives, explanation }) {
  const shown = new Set([entry, ...report.diagnoses.map((other) => other.entry)]);
  const ids = [...alternatives, explanation?.runner_up?.entry].filter((id) => id !== undefined && !shown.has(id));
  return [...new Set(ids)].map((id) => lookUp(id ?? "")).filter((other) => other !== null);
}

/**
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 * @param {Diagnosis} other
 */
function renderOther(answer, diagnosis, other) {
  const { texts } = answer;
  return make(
    "section",
    { class: "other" },
    make("p", { class: "label", tabindex: "-1", "data-focus": `${diagnosis.entry} next` }, texts.say("feedback.next")),
    make("h3", { class: "title", lang: foreign(texts, other.lang) }, other.title),
    renderCauses(answer, { ...other, values: diagnosis.values }),
  );
}

/**
 * @param {Answer} answer
 * @param {string} focus
 */
function renderEnd({ texts, actions }, focus) {
  return make(
    "div",
    { class: "feedback end", tabindex: "-1", "data-focus": focus },
    make("p", {}, make("strong", {}, texts.say("feedback.end"))),
    make("p", {}, texts.say("feedback.end.advice")),
    button(texts.say("report.make"), actions.report, {}),
  );
}
