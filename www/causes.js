// @ts-check
/**
 * Why an error occurs and what to do: one situation at a time where there are several, its steps as a checklist.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {import("./types.js").Inline} Inline
 * @typedef {import("./types.js").Situation} Situation
 * @typedef {import("./types.js").Value} Value
 * @typedef {import("./render.js").Answer} Answer
 */

import { button, make } from "./nodes.js";
import { foreign, plainText, renderInlines, renderProse } from "./prose.js";

/** Characters of a cause that stand for a situation without a name. */
const LONG_CHOICE = 120;

/** Elements refer to each other by id; the same entry may be shown twice. */
let count = 0;

/**
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 * @returns {HTMLElement}
 */
export function renderCauses(answer, diagnosis) {
  const { texts, session, actions } = answer;
  const { entry, situations, lang, values } = diagnosis;
  const trail = session.trail(entry);
  const [only] = situations;
  if (situations.length <= 1) {
    return make("div", { class: "situation" }, ...(only ? renderSituation(answer, diagnosis, only, 0) : []));
  }
  const choose = (/** @type {number | "all" | null} */ situation, /** @type {string} */ focus) => {
    trail.situation = situation;
    actions.redo(focus);
  };
  const back = (/** @type {string} */ text) =>
    button(text, () => choose(null, `${entry} ask`), { class: "quiet", "data-focus": `${entry} back` });
  if (trail.situation === "all") {
    const all = situations.map((situation, nth) =>
      make("section", { class: "situation" }, ...renderSituation(answer, diagnosis, situation, nth)),
    );
    return make("div", { class: "situations" }, make("p", {}, back(texts.say("situations.one"))), ...all);
  }
  const chosen = trail.situation === null ? undefined : situations[trail.situation];
  if (chosen) {
    const named = chosen.when
      ? make("strong", { lang: foreign(texts, lang) }, ...renderInlines(texts, chosen.when, values))
      : texts.say("situations.cause", { count: Number(trail.situation) + 1 });
    return make(
      "div",
      { class: "situation" },
      make("p", { class: "chosen" }, make("span", {}, texts.say("situations.chosen"), " ", named), back(texts.say("situations.other"))),
      ...renderSituation(answer, diagnosis, { ...chosen, when: null }, Number(trail.situation)),
    );
  }
  const choices = situations.map((situation, nth) =>
    button(choiceText(situation, values), () => choose(nth, `${entry} back`), {
      lang: foreign(texts, lang),
      "data-focus": nth === 0 ? `${entry} ask` : undefined,
    }),
  );
  const name = `situations-${++count}`;
  return make(
    "div",
    { class: "situations question" },
    make("h3", { id: name }, texts.say("situations", { count: situations.length })),
    make("div", { class: "choices stacked", role: "group", "aria-labelledby": name }, ...choices),
    button(texts.say("situations.unsure", { count: situations.length }), () => choose("all", `${entry} back`), { class: "quiet" }),
  );
}

/**
 * @param {Situation} situation
 * @param {Value[]} values
 */
function choiceText({ when, cause }, values) {
  const text = plainText(when ?? cause, values);
  return text.length > LONG_CHOICE ? `${text.slice(0, LONG_CHOICE)}…` : text;
}

/**
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 * @param {Situation} situation
 * @param {number} nth
 */
function renderSituation(answer, diagnosis, situation, nth) {
  const { texts } = answer;
  const { lang, values } = diagnosis;
  const { when, cause, intro, steps, choice } = situation;
  const prose = { class: "prose", lang: foreign(texts, lang) };
  const level = when ? "h4" : "h3";
  return [
    when && make("h3", { class: "when", lang: foreign(texts, lang) }, ...renderInlines(texts, when, values)),
    cause.length > 0 && make(level, {}, texts.say("cause")),
    cause.length > 0 && make("div", prose, ...renderProse(texts, cause, values)),
    (intro?.length || steps.length > 0) && make(level, {}, texts.say("steps")),
    intro?.length && make("div", prose, ...renderProse(texts, intro, values)),
    steps.length > 1 && choice && !intro?.length && make("p", { class: "either" }, texts.say("steps.choice")),
    steps.length > 0 && make("div", prose, renderSteps(answer, diagnosis, situation, nth)),
  ].filter((node) => node instanceof Node);
}

/**
 * Steps to tick off. What stands in the tick box says what kind they are: numbers for a sequence, letters for ways out.
 *
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 * @param {Situation} situation
 * @param {number} nth
 */
function renderSteps({ texts, session }, { entry, values }, { steps, ordered, choice }, nth) {
  const items = steps.map((step, index) => {
    const name = `step-${++count}`;
    const mark = choice ? String.fromCharCode(65 + (index % 26)) : ordered ? texts.number(index + 1) : "";
    const key = `${entry} ${nth} ${index}`;
    const tick = make("input", { type: "checkbox", "aria-labelledby": name, "data-mark": mark });
    tick.checked = session.ticks.has(key);
    tick.addEventListener("change", () => (tick.checked ? session.ticks.add(key) : session.ticks.delete(key)));
    return make("li", {}, tick, make("div", { id: name }, ...renderProse(texts, step, values)));
  });
  return make(ordered || choice ? "ol" : "ul", { class: choice ? "steps choice" : "steps", role: "list" }, ...items);
}
