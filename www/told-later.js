// @ts-check
/**
 * What most readers of a report never look at is made when somebody does.
 *
 * A long log can hold thousands of different errors, and nobody reads what the catalog says of all of them: beyond the
 * first, an entry's texts are read when somebody looks at them. Whoever reads a report or makes JSON of it sees no
 * difference; a copy of such a diagnosis by other means has the texts once they were looked at. Why an answer was given
 * takes longer to say than the answer, so that waits too.
 *
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 */

/** So many diagnoses bring their texts along. */
export const MOST_TOLD = 100;

/** What is read later. */
const TEXTS = /** @type {const} */ (["title", "lang", "unreviewed", "apps", "situations"]);

/** Words with definitions, as the engine counts them (src/report.rs). */
const CONFIDENCES = /** @type {const} */ (["possible", "likely", "certain"]);
const KINDS = /** @type {const} */ (["literal", "value", "app"]);

/**
 * @param {import("./types.js").FlatReport} report as it came from the engine
 * @param {(id: string) => Diagnosis | null} tell
 * @returns {Report}
 */
export function toldLater({ flat, said = "", ...report }, tell) {
  // An entry may have no texts at all.
  const untold = report.diagnoses.filter((diagnosis) => !Object.hasOwn(diagnosis, "lang"));
  if (flat || untold.length > 0) {
    const prototype = telling(tell);
    for (const diagnosis of untold) Object.setPrototypeOf(diagnosis, prototype);
    if (flat) report.diagnoses = report.diagnoses.concat(diagnosesIn(flat, said, prototype));
  }
  return report;
}

/**
 * Diagnoses as src/flat.rs writes them.
 *
 * @param {Uint32Array} numbers
 * @param {string} said
 * @param {object} prototype what they inherit
 */
function diagnosesIn(numbers, said, prototype) {
  let at = 0;
  let place = 0;
  const number = () => numbers[at++] ?? 0;
  const text = () => said.slice(place, (place += number()));
  /** @template T @param {() => T} item @returns {T[]} */
  const list = (item) => {
    const items = [];
    for (let left = number(); left > 0; left -= 1) items.push(item());
    return items;
  };
  const value = () => ({ name: text(), value: text(), start: number(), end: number() });
  const evidence = () => ({ start: number(), end: number(), kind: /** @type {"literal" | "value" | "app"} */ (KINDS[number()]) });
  // To inherit costs nothing; thousands of objects with getters of their own, or made by naming a prototype among their
  // fields, took longer than finding what they are about.
  const Untold = /** @type {new () => Diagnosis} */ (/** @type {unknown} */ (function () {}));
  Untold.prototype = prototype;
  const diagnoses = [];
  while (at < numbers.length) {
    const diagnosis = new Untold();
    diagnosis.entry = text();
    diagnosis.confidence = CONFIDENCES[number()] ?? "possible";
    diagnosis.alternatives = list(text);
    diagnosis.message = text();
    diagnosis.values = list(value);
    diagnosis.evidence = list(evidence);
    diagnosis.count = number();
    diagnosis.lines = list(number);
    if (number()) diagnosis.excerpt = { line: number(), start: number(), text: text() };
    diagnoses.push(diagnosis);
  }
  return diagnoses;
}

/**
 * What diagnoses inherit that have no texts of their own yet.
 *
 * @param {(id: string) => Diagnosis | null} tell
 */
function telling(tell) {
  /** @param {Diagnosis} diagnosis @returns {Diagnosis} */
  const told = (diagnosis) => {
    const texts = tell(diagnosis.entry);
    for (const name of TEXTS) {
      if (texts && name in texts) Object.defineProperty(diagnosis, name, { value: texts[name], enumerable: true, configurable: true, writable: true });
    }
    return Object.setPrototypeOf(diagnosis, Object.prototype);
  };
  /** @type {Record<string, PropertyDescriptor & ThisType<Diagnosis>>} */
  const inherited = { toJSON: { value() { return told(this); } } };
  for (const name of TEXTS) inherited[name] = { get() { return told(this)[name]; } };
  return Object.create(Object.prototype, inherited);
}

/**
 * Diagnoses that say why when they are asked.
 *
 * @param {Report} report without explanations
 * @param {() => Report} explained the same with them
 * @returns {Report}
 */
export function explainedLater(report, explained) {
  /** @type {Report | undefined} */
  let known;
  for (const [nth, diagnosis] of report.diagnoses.entries()) {
    const get = () => (known ??= explained()).diagnoses[nth]?.explanation;
    Object.defineProperty(diagnosis, "explanation", { get, enumerable: true, configurable: true });
  }
  return report;
}
