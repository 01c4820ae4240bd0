// @ts-check
/**
 * A long log can hold thousands of different errors, and nobody reads what the catalog says of all of them: beyond the
 * first, an entry's texts are read when somebody looks at them. To whoever uses a report there is no difference.
 *
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 */

/** So many diagnoses bring their texts along. */
export const MOST_TOLD = 100;

/**
 * @param {Report} report as it came from the engine
 * @param {(id: string) => Diagnosis | null} tell
 * @returns {Report}
 */
export function toldLater(report, tell) {
  const { diagnoses } = report;
  for (let nth = MOST_TOLD; nth < diagnoses.length; nth += 1) diagnoses[nth] = later(/** @type {Diagnosis} */ (diagnoses[nth]), tell);
  return report;
}

/**
 * Its own properties still, so that copies and JSON have them as well.
 *
 * @param {Diagnosis} diagnosis
 * @param {(id: string) => Diagnosis | null} tell
 * @returns {Diagnosis}
 */
function later(diagnosis, tell) {
  /** @type {Diagnosis | undefined} */
  let told;
  const texts = () => (told ??= tell(diagnosis.entry) ?? diagnosis);
  return {
    ...diagnosis,
    get title() {
      return texts().title;
    },
    get lang() {
      return texts().lang;
    },
    get unreviewed() {
      return texts().unreviewed;
    },
    get apps() {
      return texts().apps;
    },
    get situations() {
      return texts().situations;
    },
  };
}
