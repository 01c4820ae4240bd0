// @ts-check
/** What of the element stays while answers come and go: the box with its label, and the places for answer and aside. */

import { make } from "./nodes.js";

/** Where a browser cannot grow the box by itself: its limits, in rows. */
const ROWS = { least: 6, most: 18 };

export function makeFrame() {
  const label = make("label", { for: "box" });
  const clear = make("button", { type: "button", class: "quiet clear hidden" });
  const box = make("textarea", {
    id: "box",
    rows: String(ROWS.least),
    dir: "auto",
    "aria-describedby": "privacy",
    // Some browsers send what is typed to a spelling or translation service; an error is nobody else's business.
    spellcheck: "false",
    autocomplete: "off",
    autocorrect: "off",
    autocapitalize: "off",
    translate: "no",
  });
  const privacy = make("p", { id: "privacy", class: "privacy" });
  const status = make("p", { class: "unseen", role: "status" });
  const answer = make("section", { class: "answer" });
  const field = make("div", { class: "field" }, make("div", { class: "row" }, label, clear), box, privacy);
  const aside = make("div", { class: "aside" }, make("slot", { name: "aside" }));
  const root = make("div", { class: "root" }, make("div", { class: "layout" }, field, status, answer, aside));
  return { root, field, label, clear, box, privacy, status, answer };
}

/**
 * Brings the box in line with what stands in it.
 *
 * @param {ReturnType<typeof makeFrame>} frame
 */
export function fitFrame({ box, clear }) {
  clear.classList.toggle("hidden", box.value === "");
  if (!CSS.supports("field-sizing", "content")) {
    box.rows = Math.max(ROWS.least, box.value.split("\n", ROWS.most).length);
  }
}

/**
 * @param {ReturnType<typeof makeFrame>} frame
 * @param {import("./types.js").Texts} texts
 */
export function labelFrame({ root, label, box, privacy, clear, answer }, texts) {
  root.lang = texts.lang;
  label.textContent = texts.say("box.label");
  box.placeholder = texts.say("box.placeholder");
  privacy.textContent = texts.say("box.privacy");
  clear.textContent = texts.say("box.clear");
  answer.setAttribute("aria-label", texts.say("answer.region"));
}
