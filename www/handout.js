// @ts-check
/**
 * What leaves the page, by the reader's own hand: an answer copied, shared or printed, a report without secrets, a draft.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {import("./types.js").Texts} Texts
 * @typedef {import("./render.js").Answer} Answer
 */

import { firstTexts } from "./first-texts.js";
import { button, fold, make } from "./nodes.js";

/** Milliseconds for which a button says that it copied. */
const SAID = 2500;

/** What puts answers into words: no answer waits for it. */
const load = () => import("./written.js");

/** The same, once it is there. @type {typeof import("./written.js") | undefined} */
let ready;

/** The same, on its way: begun once, so that nothing is asked for anew when somebody has pasted. @type {ReturnType<typeof load> | undefined} */
let coming;

/** Has on its way what is needed here, before anybody pastes. */
export function startHandout() {
  coming ??= load();
  coming.then(
    (written) => (ready = written),
    // Whoever needs it is told.
    () => undefined,
  );
}

/**
 * What is inside of a fold: at once, or when there are words for it.
 *
 * @param {Texts} texts
 * @param {(written: typeof import("./written.js")) => (Node | string | undefined | false)[]} content
 */
function worded(texts, content) {
  if (ready) return content(ready);
  const place = make("div", {});
  const fill = (/** @type {(Node | string | undefined | false)[]} */ nodes) => {
    place.append(...nodes.filter((node) => node !== undefined && node !== false));
    place.dispatchEvent(new Event("filled", { bubbles: true }));
  };
  (coming ?? load()).then(
    (written) => fill(content(written)),
    () => fill([make("p", {}, firstTexts(texts.lang).failed)]),
  );
  return [place];
}

/**
 * @param {Answer} answer
 * @param {Diagnosis} diagnosis
 */
export function renderTake(answer, diagnosis) {
  const { texts, session, link } = answer;
  const { entry, title } = diagnosis;
  const address = link?.(entry);
  const share = () => {
    // A reader who closes the sheet is no error, and has nothing to be told.
    navigator.share({ title, text: title, url: address }).catch(() => undefined);
  };
  return fold(
    session.open,
    `take ${entry}`,
    { class: "take" },
    [texts.say("take")],
    () =>
      worded(texts, ({ answerText }) => [
        make(
          "div",
          { class: "buttons" },
          copyButton(texts, "take.text", () => answerText(texts, diagnosis, "text")),
          copyButton(texts, "take.markdown", () => answerText(texts, diagnosis, "markdown")),
          address && copyButton(texts, "take.link", () => address),
          button(texts.say("take.print"), () => print()),
          address && typeof navigator.share === "function" && button(texts.say("take.share"), share),
        ),
        address && make("p", { class: "soft" }, texts.say("take.link.meaning")),
      ]),
  );
}

/**
 * A report for whoever helps, without secrets. What is copied is what is shown; if it cannot be made safe, nothing is.
 *
 * @param {Answer} answer
 */
export function renderReportOffer(answer) {
  const { texts, session, report, paste, redact } = answer;
  return fold(session.open, "report", { class: "report", "data-focus": "report" }, [texts.say("report")], () => {
    const inside = make("div", {});
    return worded(texts, ({ reportText }) => {
      void redact(reportText(texts, report, paste)).then(
        ({ text, replacements }) => {
          inside.append(
            make("p", {}, texts.say("report.meaning", { count: replacements.length })),
            make("pre", { tabindex: "0", role: "region", "aria-label": texts.say("report"), translate: "no" }, text),
            copyButton(texts, "report.copy", () => text),
          );
          inside.dispatchEvent(new Event("filled", { bubbles: true }));
        },
        () => inside.append(make("p", {}, texts.say("report.unsafe"))),
      );
      return [inside];
    });
  });
}

/**
 * For authors: the start of an entry for a text that has none.
 *
 * @param {Answer} answer
 */
export function renderDraft({ texts, session, paste }) {
  return fold(session.open, "draft", { class: "draft" }, [texts.say("draft")], () =>
    worded(texts, ({ draftEntry }) => {
      const draft = draftEntry(texts, paste.text);
      return [
        make("p", {}, texts.say("draft.meaning")),
        make("pre", { tabindex: "0", role: "region", "aria-label": texts.say("draft"), translate: "no" }, draft),
        copyButton(texts, "draft.copy", () => draft),
      ];
    }),
  );
}

/**
 * @param {Texts} texts
 * @param {import("./types.js").TextKey} label
 * @param {() => string} text
 */
function copyButton(texts, label, text) {
  const pressed = button(texts.say(label), () => {
    void copy(text()).then((done) => {
      pressed.textContent = texts.say(done ? "copied" : "copied.not");
      setTimeout(() => (pressed.textContent = texts.say(label)), SAID);
    });
  }, { class: "copy", "aria-live": "polite" });
  return pressed;
}

/**
 * Whether it worked: a portal may forbid it, and some browsers have it on secure pages only.
 *
 * @param {string} text
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
