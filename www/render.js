// @ts-check
/**
 * Answers as nodes, and what stands in their place: nothing yet, nothing found, something broken.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {import("./types.js").Inline} Inline
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Situation} Situation
 * @typedef {import("./types.js").Texts} Texts
 */

import { button, make } from "./nodes.js";
import { foreign, renderInlines, renderProse, renderSlot } from "./prose.js";

/** How many line numbers are written out before "and 12 more". */
const SHOWN_LINES = 6;

/**
 * What an answer is rendered from, and what its buttons do.
 *
 * @typedef {object} Answer
 * @property {Texts} texts
 * @property {Report} report
 * @property {Map<string, string>} titles titles by entry id, in the reader's language
 * @property {string} chosen the app chosen by answering the question, or ""
 * @property {string[]} narrowed the product and app that the search is limited to
 * @property {{ label: string, diagnosis: Diagnosis }[] | null} compared one diagnosis for each choice of the question
 * @property {{ choose(app: string): void, back(): void, compare(on: boolean): void, widen(): void }} actions
 */

/** @param {Texts} texts */
export function renderLoading(texts) {
  return make("p", { class: "loading" }, texts.say("loading"));
}

/** @param {Texts} texts */
export function renderReading(texts) {
  return make("p", { class: "loading" }, texts.say("reading"));
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
      {},
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
 * @param {() => void} retry
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
    button(texts.say("error.retry"), retry, { "data-focus": "retry" }),
  );
}

/**
 * @param {Answer} answer
 * @returns {Node[]}
 */
export function renderReport(answer) {
  const { report, texts, chosen } = answer;
  const found = report.diagnoses.filter(({ confidence }) => confidence !== "possible");
  /** @type {(Node | false)[]} */
  const nodes = [
    found.length > (chosen === "" ? 0 : 1) && make("p", { class: "count" }, texts.say("answer.count", { count: found.length })),
    chosen !== "" && found.length > 0 && renderChosen(answer),
    ...found.map((diagnosis) => renderDiagnosis(answer, diagnosis)),
    found.length === 0 && renderNothing(answer),
    found.length === 0 && report.diagnoses.length > 0 && renderClosest(answer),
  ];
  return nodes.filter((node) => node !== false);
}

/**
 * Whether the question of the report is about this diagnosis.
 *
 * @param {Report} report
 * @param {Diagnosis} diagnosis
 */
export function isAsked({ question }, { entry, alternatives }) {
  return alternatives.length > 0 && Boolean(question?.choices.some((choice) => choice.entry === entry));
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
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 */
function renderDiagnosis(answer, diagnosis) {
  const { texts, report } = answer;
  const asked = isAsked(report, diagnosis) && report.question?.about === "app";
  const heading = asked
    ? make("h2", {}, texts.say("question.app"))
    : make("h2", { lang: foreign(texts, diagnosis.lang) }, diagnosis.title);
  return make(
    "article",
    { class: "diagnosis" },
    renderConfidence(texts, diagnosis),
    heading,
    asked && renderQuestion(answer, diagnosis),
    renderMessage(texts, diagnosis),
    !asked && renderApps(texts, diagnosis),
    !asked && renderSituations(texts, diagnosis, "h3"),
    !asked && renderAlternatives(answer, diagnosis),
  );
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
 * The message, with what stood in its slots, and where it was found when that is more than once.
 *
 * @param {Texts} texts
 * @param {Diagnosis} diagnosis
 */
function renderMessage(texts, diagnosis) {
  const label = texts.say(diagnosis.confidence === "possible" ? "closest.message" : "recognised");
  return make(
    "div",
    { class: "recognised" },
    make("p", { class: "label" }, label),
    // The language of a message is not known: it is what the product printed.
    make("p", { class: "message", lang: "", dir: "auto", translate: "no" }, ...filledMessage(diagnosis)),
    diagnosis.count > 1 && make("p", { class: "soft" }, foundSentence(texts, diagnosis)),
  );
}

/**
 * @param {Diagnosis} diagnosis
 * @returns {(Node | string)[]}
 */
function filledMessage({ message, values }) {
  return message.split(/(\{[^{}]*\})/).map((piece) => {
    const inner = piece.startsWith("{") ? piece.slice(1, -1) : "";
    if (values.some(({ name }) => name === inner)) {
      return renderSlot(inner, values);
    }
    const isAlternatives = inner.includes("|") && !/["=]/.test(inner);
    return isAlternatives ? make("span", { class: "alternatives" }, inner.split("|").join(" / ")) : piece;
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
function renderApps(texts, { apps }) {
  const named = apps.length > 0 ? texts.list(apps) : texts.say("apps.all");
  return make("p", { class: "apps" }, make("span", { class: "label" }, texts.say("apps")), " ", named);
}

/**
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 */
function renderQuestion({ texts, report, compared, actions }, diagnosis) {
  const choices = report.question?.choices ?? [];
  const count = choices.length;
  if (compared) {
    return make(
      "div",
      { class: "question" },
      make("p", {}, texts.say("question.compare")),
      ...compared.map((one) => renderFolded(texts, one.diagnosis, one.label)),
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
 * Other entries of the same message, where no question about the app can tell them apart.
 *
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 */
function renderAlternatives({ texts, titles, report }, diagnosis) {
  if (diagnosis.alternatives.length === 0) {
    return null;
  }
  const about = isAsked(report, diagnosis) ? "question.situation" : "also";
  return make(
    "div",
    { class: "also" },
    make("p", {}, texts.say(about)),
    make("ul", {}, ...diagnosis.alternatives.map((id) => make("li", {}, titles.get(id) ?? id))),
  );
}

/** @param {Answer} answer */
function renderNothing({ texts, narrowed, actions }) {
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
  );
}

/** @param {Answer} answer */
function renderClosest({ texts, report }) {
  return make(
    "section",
    { class: "closest" },
    make("h2", {}, texts.say("closest.title")),
    make("p", { class: "soft" }, texts.say("closest.text")),
    ...report.diagnoses.map((diagnosis) => renderFolded(texts, diagnosis, "")),
  );
}

/**
 * A diagnosis that opens on request.
 *
 * @param {Texts} texts
 * @param {Diagnosis} diagnosis
 * @param {string} app the app that the summary names, unless the title does
 */
function renderFolded(texts, diagnosis, app) {
  const isMatch = diagnosis.confidence !== "possible";
  return make(
    "details",
    { class: "folded" },
    make(
      "summary",
      {},
      !diagnosis.title.includes(app) && `${app}: `,
      make("span", { lang: foreign(texts, diagnosis.lang) }, diagnosis.title),
      !isMatch && " ",
      !isMatch &&
        make("span", { class: "tag" }, make("span", { class: "sign", "aria-hidden": "true" }), texts.say("possible")),
    ),
    !isMatch && renderMessage(texts, diagnosis),
    !isMatch && renderApps(texts, diagnosis),
    renderSituations(texts, diagnosis, "h3"),
  );
}

/**
 * @param {Texts} texts
 * @param {Diagnosis} diagnosis
 * @param {"h3" | "h4"} level
 */
function renderSituations(texts, diagnosis, level) {
  const { situations } = diagnosis;
  const [only] = situations;
  if (situations.length === 1 && only) {
    return make("div", { class: "situation" }, ...renderSituation(texts, diagnosis, only, level));
  }
  return make(
    "div",
    { class: "situations" },
    make("p", {}, texts.say("situations", { count: situations.length })),
    ...situations.map((situation) =>
      make("section", { class: "situation" }, ...renderSituation(texts, diagnosis, situation, "h4")),
    ),
  );
}

/**
 * @param {Texts} texts
 * @param {Diagnosis} diagnosis
 * @param {Situation} situation
 * @param {"h3" | "h4"} level
 */
function renderSituation(texts, { lang, values }, { when, cause, intro, steps, ordered, choice }, level) {
  const prose = { class: "prose", lang: foreign(texts, lang) };
  return [
    when && make("h3", { class: "when", lang: foreign(texts, lang) }, ...renderInlines(texts, when, values)),
    cause.length > 0 && make(level, {}, texts.say("cause")),
    cause.length > 0 && make("div", prose, ...renderProse(texts, cause, values)),
    (intro?.length || steps.length > 0) && make(level, {}, texts.say("steps")),
    intro?.length && make("div", prose, ...renderProse(texts, intro, values)),
    steps.length > 1 && choice && !intro?.length && make("p", { class: "either" }, texts.say("steps.choice")),
    steps.length > 0 && make("div", prose, renderSteps(texts, steps, values, { ordered, choice })),
  ].filter((node) => node instanceof Node);
}

/**
 * @param {Texts} texts
 * @param {Inline[][]} steps
 * @param {import("./types.js").Value[]} values
 * @param {{ ordered: boolean, choice: boolean }} kind
 */
function renderSteps(texts, steps, values, { ordered, choice }) {
  const items = steps.map((step) => make("li", {}, ...renderProse(texts, step, values)));
  if (choice) {
    return make("ol", { class: "steps choice", type: "A" }, ...items);
  }
  return ordered ? make("ol", { class: "steps" }, ...items) : make("ul", { class: "steps" }, ...items);
}
