// @ts-check
/** Which languages the interface speaks, and which of them a reader gets. */

/** The languages of the interface; the first is used where none fits. */
export const LANGUAGES = ["en", "nl", "sv", "ko"];

/**
 * The first language of ours that any of the wished ones (`nl-BE`, best first) asks for.
 *
 * @param {readonly string[]} wished
 * @returns {string}
 */
export function pickLanguage(wished) {
  const bases = wished.map((tag) => tag.toLowerCase().split(/[-_]/)[0] ?? "");
  return bases.find((base) => LANGUAGES.includes(base)) ?? "en";
}
