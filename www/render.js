// @ts-check
/**
 * Answers as nodes.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Texts} Texts
 * @typedef {import("./session.js").Session} Session
 */

import { renderCauses } from "./causes.js";
import { renderFeedback } from "./feedback.js";
import { renderReportOffer, renderTake } from "./handout.js";
import { button, make } from "./nodes.js";
import { renderApps, renderMessage } from "./parts.js";
import { foreign } from "./prose.js";
import { asked, renderAppQuestion, renderChosenEntry, renderEntryQuestion } from "./question.js";
import { renderClosest, renderNothing } from "./states.js";
import { renderWhy } from "./why.js";

/**
 * What an answer is rendered from, and what its buttons do.
 *
 * @typedef {object} Answer
 * @property {Texts} texts
 * @property {Report} report what is shown
 * @property {number} more how many errors were recognised beyond that
 * @property {import("./types.js").Inline[] | null} contact whom to ask when nothing is found, by the catalog
 * @property {(entry: string) => HTMLElement | null} section where the page itself explains an entry
 * @property {import("./pasted.js").Paste} paste
 * @property {Session} session what the reader did so far
 * @property {Map<string, string>} titles titles by entry id, in the reader's language
 * @property {(id: string) => Diagnosis | null} lookUp what an entry tells by itself
 * @property {string} chosen the app chosen by answering the question, or ""
 * @property {string[]} narrowed the product and app that the search is limited to
 * @property {{ label: string, diagnosis: Diagnosis }[] | null} compared one diagnosis for each choice of the question
 * @property {((entry: string) => string) | null} link the address of an entry; null where the page has none
 * @property {(text: string) => Promise<import("./types.js").Redaction>} redact takes the secrets out of a text
 * @property {Actions} actions
 *
 * @typedef {object} Actions
 * @property {(app: string) => void} choose
 * @property {() => void} back
 * @property {(on: boolean) => void} compare
 * @property {() => void} widen
 * @property {(focus: string) => void} redo makes the answer anew and moves the focus to what has this name in it
 * @property {(of: number) => void} goTo
 * @property {(of: number) => void} find shows in the text what this answer is about
 * @property {(type: "solved" | "unsolved", detail: { entry: string }) => void} tell
 * @property {() => void} report opens the report
 */

/**
 * @param {Answer} answer
 * @returns {Node[]}
 */
export function renderReport(answer) {
  const { report, more, texts, chosen, session, actions } = answer;
  const found = report.diagnoses.filter(({ confidence }) => confidence !== "possible");
  /** @type {(Node | false)[]} */
  const nodes = [
    found.length > (chosen === "" ? 0 : 1) && make("p", { class: "count" }, texts.say("answer.count", { count: found.length + more })),
    chosen !== "" && found.length > 0 && renderChosen(answer),
    found.length > 1 && renderJumps(answer, found),
    ...found.map((diagnosis, of) => renderDiagnosis(answer, diagnosis, of, found.length > 1)),
    more > 0 &&
      button(texts.say("answer.more", { count: more }), () => {
        session.open.add("more");
        actions.redo(`answer ${found.length}`);
      }),
    found.length > 0 && renderReportOffer(answer),
    found.length === 0 && renderNothing(answer),
    found.length === 0 && report.diagnoses.length > 0 && renderClosest(answer),
  ];
  return nodes.filter((node) => node !== false);
}

/** @param {Answer} answer */
function renderChosen({ texts, chosen, actions }) {
  return make(
    "p",
    { class: "chosen" },
    make("span", {}, texts.say("chosen", { app: chosen })),
    button(texts.say("chosen.back"), actions.back, { class: "quiet", "data-focus": "back" }),
  );
}

/**
 * The way to each of several answers.
 *
 * @param {Answer} answer
 * @param {Diagnosis[]} found
 */
function renderJumps({ texts, report, actions }, found) {
  const items = found.map((diagnosis, of) => {
    const title = asked(report, diagnosis) ? texts.say("jumps.asked", { message: diagnosis.message }) : diagnosis.title;
    const jump = button("", () => actions.goTo(of), { class: "jump", "data-of": String(of) });
    jump.append(
      make("span", { class: "number", "aria-hidden": "true" }, texts.number(of + 1)),
      make("span", { lang: foreign(texts, diagnosis.lang) }, title),
    );
    if (diagnosis.count > 1) {
      jump.append(make("span", { class: "times" }, texts.say("marked.times", { count: diagnosis.count })));
    }
    return make("li", {}, jump);
  });
  return make("nav", { class: "jumps", "aria-label": texts.say("jumps") }, make("ol", { role: "list" }, ...items));
}

/**
 * @param {Answer} answer
 * @param {Diagnosis} first what was recognised
 * @param {number} of its number, counted from 0
 * @param {boolean} isNumbered
 */
function renderDiagnosis(answer, first, of, isNumbered) {
  const { texts, report, session, lookUp } = answer;
  const question = asked(report, first);
  const choice = question === "situation" ? session.chosen.get(first.entry) : undefined;
  const chosen = choice === undefined ? null : lookUp(choice);
  const diagnosis = chosen ? { ...first, ...told(chosen) } : first;
  const isAsking = question === "app" || (question === "situation" && !chosen);
  const title = isAsking ? texts.say(`question.${question}`) : diagnosis.title;
  const heading = make(
    "h2",
    { lang: isAsking ? undefined : foreign(texts, diagnosis.lang), tabindex: "-1", "data-focus": `answer ${of}` },
    isNumbered && make("span", { class: "number" }, texts.number(of + 1)),
    title,
  );
  return make(
    "article",
    { class: "diagnosis", "data-of": String(of) },
    renderConfidence(texts, diagnosis),
    heading,
    !isAsking && renderUnreviewed(texts, diagnosis),
    chosen && renderChosenEntry(answer, first.entry),
    isAsking && (question === "app" ? renderAppQuestion(answer, diagnosis) : renderEntryQuestion(answer, diagnosis)),
    renderMessage(answer, diagnosis, of),
    !isAsking && renderApps(texts, diagnosis),
    !isAsking && renderSection(answer, diagnosis),
    !isAsking && renderCauses(answer, diagnosis),
    !isAsking && question === null && renderAlternatives(answer, diagnosis),
    ...(isAsking ? [] : renderFeedback(answer, diagnosis)),
    make("div", { class: "more" }, renderWhy(answer, diagnosis), !isAsking && renderTake(answer, diagnosis)),
  );
}

/**
 * The way to where the page itself explains an entry.
 *
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 */
function renderSection({ texts, section }, { entry }) {
  const place = section(entry);
  return (
    place !== null &&
    button(texts.say("answer.section"), () => goToSection(place), { class: "quiet section" })
  );
}

/** Scrolls there, opens what it is folded into, and moves the focus along, for readers who do not see it move. @param {HTMLElement} place */
function goToSection(place) {
  for (let fold = place.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  const hadNone = !place.hasAttribute("tabindex");
  if (hadNone) place.tabIndex = -1;
  place.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
  place.focus({ preventScroll: true });
  if (hadNone) place.addEventListener("blur", () => place.removeAttribute("tabindex"), { once: true });
}

/**
 * What an entry tells, which replaces what another one told.
 *
 * @param {Diagnosis} diagnosis
 */
function told({ entry, title, lang, unreviewed = false, apps, message, situations }) {
  return { entry, title, lang, unreviewed, apps, message, situations, alternatives: [] };
}

/**
 * An entry that was looked up, without a paste.
 *
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 */
export function renderEntry(answer, diagnosis) {
  const { texts } = answer;
  return make(
    "article",
    { class: "diagnosis" },
    make("h2", { lang: foreign(texts, diagnosis.lang), tabindex: "-1", "data-focus": "answer 0" }, diagnosis.title),
    renderUnreviewed(texts, diagnosis),
    renderMessage(answer, diagnosis, 0),
    renderApps(texts, diagnosis),
    renderCauses(answer, diagnosis),
    make("div", { class: "more" }, renderTake(answer, diagnosis)),
  );
}

/**
 * Whoever reads a machine's words should know that nobody has read them before.
 *
 * @param {Texts} texts
 * @param {Diagnosis} diagnosis
 */
function renderUnreviewed(texts, { unreviewed }) {
  return unreviewed ? make("p", { class: "unreviewed" }, texts.say("unreviewed")) : null;
}

/**
 * @param {Texts} texts
 * @param {Diagnosis} diagnosis
 */
function renderConfidence(texts, { confidence }) {
  const level = confidence === "certain" ? "certain" : "likely";
  return make(
    "p",
    { class: "confidence", "data-level": level },
    make("span", { class: "sign", "aria-hidden": "true" }),
    make("strong", {}, texts.say(level)),
    " ",
    make("span", {}, texts.say(`${level}.meaning`)),
  );
}

/**
 * Other entries of the same message, where no question can tell them apart.
 *
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 */
function renderAlternatives({ texts, titles }, { alternatives }) {
  if (alternatives.length === 0) {
    return null;
  }
  return make(
    "div",
    { class: "also" },
    make("p", {}, texts.say("also")),
    make("ul", {}, ...alternatives.map((id) => make("li", {}, titles.get(id) ?? id))),
  );
}
