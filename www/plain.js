// @ts-check
/**
 * An answer as text: plain, or Markdown. Nothing of the paste is in it but the values that the answer shows.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {import("./types.js").Inline} Inline
 * @typedef {import("./types.js").Report} Report
 * @typedef {import("./types.js").Texts} Texts
 * @typedef {import("./types.js").Value} Value
 */

import { plainText, slotText } from "./prose.js";

/** How much of a text goes into a report: a mail or a ticket takes no more. */
const REPORTED = 20_000;

/**
 * @param {Texts} texts
 * @param {Diagnosis} diagnosis
 * @param {"text" | "markdown"} form
 */
export function answerText(texts, diagnosis, form) {
  const { title, message, values, apps, situations } = diagnosis;
  const isMarkdown = form === "markdown";
  const label = (/** @type {string} */ text) => (isMarkdown ? `**${text}**` : text);
  const prose = (/** @type {Inline[]} */ inlines) => proseText(inlines, values, isMarkdown);
  const filled = message.replace(/\{(\w+)\}/g, (whole, name) => slotText(name, values) ?? whole);
  const blocks = [
    isMarkdown ? `## ${escaped(title)}` : `${title}\n${"=".repeat(title.length)}`,
    isMarkdown ? fenced(filled) : filled,
    `${label(`${texts.say("apps")}:`)} ${apps.length > 0 ? texts.list(apps) : texts.say("apps.all")}`,
  ];
  for (const { when, cause, intro, steps, ordered, choice } of situations) {
    if (when) blocks.push(isMarkdown ? `### ${prose(when)}` : `${prose(when)}\n${"-".repeat(plainText(when, values).length)}`);
    if (cause.length > 0) blocks.push(`${label(`${texts.say("cause")}:`)} ${prose(cause)}`);
    if (intro?.length || steps.length > 0) blocks.push(`${label(`${texts.say("steps")}:`)} ${prose(intro ?? [])}`.trimEnd());
    const mark = (/** @type {number} */ nth) =>
      choice && !isMarkdown ? `${String.fromCharCode(65 + (nth % 26))}.` : ordered ? `${nth + 1}.` : "-";
    if (steps.length > 0) blocks.push(steps.map((step, nth) => `${mark(nth)} ${prose(step).replace(/\n/g, "\n   ")}`).join("\n"));
  }
  return `${blocks.join("\n\n")}\n`;
}

/**
 * @param {Inline[]} inlines
 * @param {Value[]} values
 * @param {boolean} isMarkdown
 * @returns {string}
 */
function proseText(inlines, values, isMarkdown) {
  const inner = (/** @type {Inline[]} */ some) => proseText(some, values, isMarkdown);
  return inlines
    .map((inline) => {
      if ("link" in inline) {
        const { href, content } = inline.link;
        return isMarkdown ? `[${inner(content)}](<${href}>)` : `${inner(content)} (${href})`;
      }
      if ("list" in inline) {
        const { ordered, items } = inline.list;
        return `\n${items.map((item, nth) => `${ordered ? `${nth + 1}.` : "-"} ${inner(item)}`).join("\n")}\n`;
      }
      if (!isMarkdown) return plainText([inline], values);
      if ("strong" in inline) return `**${inner(inline.strong)}**`;
      if ("code" in inline) return coded(inline.code);
      if ("slot" in inline) return coded(slotText(inline.slot, values) ?? `{${inline.slot}}`);
      return escaped(inline.text);
    })
    .join("")
    .trim();
}

/** Markdown's own characters, so that a text stays what it is. @param {string} text */
function escaped(text) {
  return text.replace(/[\\`*_[\]<>#|]/g, "\\$&");
}

/** @param {string} text */
function coded(text) {
  const ticks = "`".repeat(longestRun(text) + 1);
  const space = /^`|`$/.test(text) ? " " : "";
  return `${ticks}${space}${text}${space}${ticks}`;
}

/** @param {string} text */
function fenced(text) {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${text}\n${fence}`;
}

/** @param {string} text */
function longestRun(text) {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/**
 * What a person who helps needs: what was recognised or came close, and the text itself; of a long one the lines around
 * what was recognised, or its beginning. It still has everything in it that was pasted: it is to be redacted before
 * anybody sees it.
 *
 * @param {Texts} texts
 * @param {Report} report
 * @param {import("./pasted.js").Paste} paste
 */
export function reportText(texts, { diagnoses, scanned }, { text, files }) {
  const found = diagnoses.filter(({ confidence }) => confidence !== "possible");
  const lines = diagnoses.map(({ entry, title, confidence, count }) => {
    const times = count > 1 ? `, ${texts.say("marked.times", { count })}` : "";
    return `- ${title} [${entry}] (${texts.say(confidence)}${times})`;
  });
  const isWhole = files === null && text.length <= REPORTED;
  const around = found.flatMap(({ excerpt }) => (excerpt ? [`[${excerpt.line}]\n${excerpt.text.trimEnd()}`] : []));
  const part = around.length > 0 ? around.join("\n\n") : text;
  const label = isWhole ? "report.paste" : around.length > 0 ? "report.paste.around" : "report.paste.part";
  return [
    texts.say("report.heading"),
    [texts.say(found.length > 0 ? "report.found" : "report.closest"), ...(lines.length > 0 ? lines : ["-"])].join("\n"),
    texts.say(label, { count: scanned.lines }),
    isWhole ? text : part.length > REPORTED || around.length === 0 ? `${part.slice(0, REPORTED)}…` : part,
  ].join("\n\n");
}
