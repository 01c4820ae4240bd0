// @ts-check
/**
 * What the workbench says, as nodes.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {import("./types.js").Problem} Problem
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Texts} Texts
 * @typedef {import("./types.js").Workbench} Workbench
 */

import { button, make } from "./nodes.js";

/** How many entries that are found have a column; from so many finds on a cell is no hotter. */
const MOST_COLUMNS = 30;
const HOTTEST = 4;
/** How many problems are listed. */
const MOST_PROBLEMS = 200;

/**
 * @param {Texts} texts
 * @param {Problem[]} problems
 * @param {(problem: Problem) => void} goTo
 */
export function renderProblems(texts, problems, goTo) {
  const items = problems.slice(0, MOST_PROBLEMS).map((problem) => {
    const { code, severity, path, line, what, help } = problem;
    const place = line > 0 ? `${path}, ${texts.say("workbench.line", { line })}` : path;
    const item = button("", () => goTo(problem), { class: severity });
    item.append(make("span", { class: "code" }, `${place} [${code}] `), make("span", { lang: "en" }, `${what}; ${help}`));
    return make("li", {}, item);
  });
  if (problems.length > MOST_PROBLEMS) {
    items.push(make("li", {}, texts.say("workbench.more", { count: problems.length - MOST_PROBLEMS })));
  }
  return items;
}

/**
 * @param {Texts} texts
 * @param {ReturnType<Workbench["update"]>} looked
 * @param {Problem[]} problems
 */
export function sayCounts(texts, { entries, messages, samples }, problems) {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const found = [
    errors > 0 && texts.say("workbench.errors", { count: errors }),
    warnings > 0 && texts.say("workbench.warnings", { count: warnings }),
  ].filter((part) => part !== false);
  const outcome = found.length > 0 ? texts.list(found) : texts.say("workbench.none");
  return `${texts.say("workbench.counts", { entries, messages, samples })} ${outcome}.`;
}

/**
 * Which sample finds which other entry.
 *
 * @param {Texts} texts
 * @param {ReturnType<Workbench["prove"]>["cross"]} cross
 */
export function renderCross(texts, cross) {
  if (cross.length === 0) {
    return [];
  }
  const items = cross.slice(0, MOST_PROBLEMS).map(({ sample, finds }) => make("li", {}, texts.say("workbench.crossed", { sample, finds })));
  return [make("h3", {}, texts.say("workbench.cross")), renderHeat(texts, cross), make("ul", {}, ...items)];
}

/**
 * The same as a heat map: a row for each entry whose samples find others, a column for each entry that they find.
 *
 * @param {Texts} texts
 * @param {ReturnType<Workbench["prove"]>["cross"]} cross
 */
function renderHeat(texts, cross) {
  /** @type {Map<string, Map<string, number>>} */
  const rows = new Map();
  for (const { sample, finds } of cross) {
    const row = rows.get(sample) ?? new Map();
    rows.set(sample, row.set(finds, (row.get(finds) ?? 0) + 1));
  }
  const found = [...new Set(cross.map(({ finds }) => finds))].slice(0, MOST_COLUMNS);
  const heading = (/** @type {string} */ text, /** @type {string} */ scope) => make("th", { scope }, text);
  const cell = (/** @type {number} */ count) => make("td", { class: `heat-${Math.min(count, HOTTEST)}` }, count > 0 ? texts.number(count) : "");
  const body = [...rows].slice(0, MOST_PROBLEMS).map(([sample, row]) => make("tr", {}, heading(sample, "row"), ...found.map((entry) => cell(row.get(entry) ?? 0))));
  return make(
    "div",
    { class: "heat", tabindex: "0", role: "region", "aria-label": texts.say("workbench.heat") },
    make(
      "table",
      {},
      make("caption", {}, texts.say("workbench.heat")),
      make("thead", {}, make("tr", {}, heading(texts.say("workbench.heat.sample"), "col"), ...found.map((entry) => heading(entry, "col")))),
      make("tbody", {}, ...body),
    ),
  );
}

/**
 * Why a paste finds what it finds, and why it does not find something else.
 *
 * @param {Texts} texts
 * @param {Report} report
 */
export function renderFound(texts, report) {
  const sure = report.diagnoses.some(({ confidence }) => confidence !== "possible");
  const none = sure ? [] : [make("p", {}, texts.say("workbench.nothing"))];
  return [...none, ...report.diagnoses.map((diagnosis) => renderDiagnosis(texts, diagnosis))];
}

/**
 * @param {Texts} texts
 * @param {Diagnosis} diagnosis
 */
function renderDiagnosis(texts, { entry, title, confidence, message, values, explanation }) {
  const lines = values.map(({ name, value }) => texts.say("workbench.value", { name: `{${name}}`, value }));
  if (explanation) {
    lines.push(texts.say("workbench.why", { share: explanation.share }));
    if (explanation.missing.length > 0) {
      lines.push(texts.say("workbench.missing", { list: texts.list(explanation.missing) }));
    }
    if (explanation.runner_up) {
      lines.push(texts.say("workbench.next", { title: explanation.runner_up.title, share: explanation.runner_up.share }));
    }
  }
  const sure = texts.say(`workbench.${confidence}`);
  return make(
    "article",
    {},
    make("p", {}, make("strong", {}, texts.say("workbench.found", { title, confidence: sure }))),
    make("p", {}, make("code", {}, entry)),
    make("p", {}, make("code", { translate: "no" }, message)),
    ...lines.map((line) => make("p", {}, line)),
  );
}

/**
 * @param {Texts} texts
 * @param {{ section: string, samples: string }} proposal
 * @param {() => void} insert
 */
export function renderProposal(texts, { section, samples }, insert) {
  return [
    make("p", {}, texts.say("workbench.drafted")),
    make("pre", { translate: "no", tabindex: "0" }, samples === "" ? section : `${section}\n${samples}`),
    button(texts.say("workbench.insert"), insert),
  ];
}
