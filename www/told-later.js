// @ts-check
/**
 * A long log can hold thousands of different errors, and nobody reads what the catalog says of all of them: beyond the
 * first, an entry's texts are read when somebody looks at them. Whoever reads a report or makes JSON of it sees no
 * difference; a copy of such a diagnosis by other means has the texts once they were looked at.
 *
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 */

/** So many diagnoses bring their texts along. */
export const MOST_TOLD = 100;

/** What is read later. */
const TEXTS = /** @type {const} */ (["title", "lang", "unreviewed", "apps", "situations"]);

/**
 * @param {Report} report as it came from the engine
 * @param {(id: string) => Diagnosis | null} tell
 * @returns {Report}
 */
export function toldLater(report, tell) {
  // Not those behind the hundredth: of what was made ready to be told, some gave way to surer ones.
  const late = report.diagnoses.filter((diagnosis) => !Object.hasOwn(diagnosis, "lang"));
  if (late.length > 0) {
    const prototype = telling(tell);
    for (const diagnosis of late) Object.setPrototypeOf(diagnosis, prototype);
  }
  return report;
}

/**
 * What diagnoses inherit that have no texts of their own yet. (To inherit costs nothing; thousands of objects with
 * getters of their own took longer than finding what they are about.)
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
