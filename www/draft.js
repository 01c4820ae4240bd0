// @ts-check
/**
 * A draft of an entry, made from a paste that no entry explains: a start for an author, in the language of the page.
 *
 * @typedef {import("./types.js").Texts} Texts
 */

/** Characters of a message; the catalog takes more, but a reader cannot check more. */
const LONGEST = 600;

/** What changes from one time to the next, and the slot that stands for it. @type {[RegExp, string][]} */
const SLOTS = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "id"],
  [/https?:\/\/[^\s"'<>]+/gi, "url"],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, "address"],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, "ip"],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b/gi, "id"],
  [/"[^"\n]{1,120}"/g, "name"],
  [/(?<![\w])'[^'\n]{1,120}'(?![\w])/g, "name"],
  [/“[^”\n]{1,120}”/g, "name"],
  [/\b\d{4,}\b/g, "number"],
];

/** What logs put before a message. */
const PREFIX =
  /^(?:\s|\d{4}-\d\d-\d\d[T ]?|\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?Z?|[+-]\d\d:?\d\d|\[[^\]]{0,40}\]|\b(?:ERROR|WARN(?:ING)?|FATAL|INFO|DEBUG|CRITICAL|SEVERE)\b:?|[-|>])+/i;

/** Words by which a line is the error among others. */
const TELLS = /error|exception|fail|denied|invalid|cannot|could not|unable|refused|fout|mislukt|fel|misslyck|오류|실패|\b[45]\d\d\b/i;

/**
 * @param {Texts} texts
 * @param {string} paste
 */
export function draftEntry(texts, paste) {
  const lines = paste.slice(0, 100_000).split(/[\r\n]+/).map((line) => line.replace(PREFIX, "").trim()).filter(Boolean);
  const line = (lines.find((one) => TELLS.test(one)) ?? lines[0] ?? "").slice(0, LONGEST);
  const message = withSlots(line);
  const words = message.replace(/\{\w+\}/g, " ").match(/[\p{L}\p{N}]+/gu) ?? [];
  const id = words.slice(0, 6).join("-").toLowerCase().replace(/[^a-z0-9-]/g, "").replace(/-{2,}/g, "-").replace(/^-|-$/g, "");
  return [
    `## ${texts.say("draft.title")} {#${id || "new-entry"}}`,
    `**${texts.say("draft.message")}**: ${/[*_<[`\\]/.test(message) ? `\`${message.replaceAll("`", "'")}\`` : message}`,
    `**${texts.say("cause.label")}**: `,
    `**${texts.say("steps.label")}**:`,
    "1. ",
    "",
  ].join("\n\n");
}

/** @param {string} line */
function withSlots(line) {
  /** @type {Map<string, string>} */
  const names = new Map();
  // Braces in the text itself are no slots.
  let message = line.replace(/[{}]/g, "…");
  for (const [pattern, name] of SLOTS) {
    message = message.replace(pattern, (value) => {
      const known = names.get(value);
      const nth = [...names.values()].filter((one) => one.replace(/\d+$/, "") === name).length;
      const slot = known ?? (nth === 0 ? name : `${name}${nth + 1}`);
      names.set(value, slot);
      return /^["'“]/.test(value) ? `${value[0]}{${slot}}${value.at(-1)}` : `{${slot}}`;
    });
  }
  return message;
}
