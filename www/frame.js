// @ts-check
/**
 * What of the element stays while answers come and go: the box with its label, and the places for what is said of it.
 *
 * @typedef {ReturnType<typeof makeFrame>} Frame
 */

import { make } from "./nodes.js";

/** Rows of the box where a browser cannot grow it by itself. */
export const ROWS = { least: 6, most: 18 };

export function makeFrame() {
  const label = make("label", { for: "box" });
  const open = make("button", { type: "button", class: "quiet" });
  const clear = make("button", { type: "button", class: "quiet clear hidden" });
  const restore = make("button", { type: "button", class: "quiet", hidden: true });
  const chooser = make("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-hidden": "true" });
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
  // A text too long for a box stands beside it, by its name.
  const held = make("div", { class: "held", hidden: true, tabindex: "-1" });
  const privacy = make("p", { id: "privacy", class: "privacy" });
  const status = make("p", { class: "unseen", role: "status" });
  const answer = make("section", { class: "answer" });
  const marked = make("section", { class: "marked", hidden: true });
  const ways = make("div", { class: "ways" }, restore, clear, open);
  const field = make("div", { class: "field" }, make("div", { class: "row" }, label, ways), box, held, chooser, privacy);
  const aside = make("slot", { name: "aside" });
  const places = { first: make("div", { class: "aside" }), last: make("div", { class: "aside last" }) };
  places.first.append(aside);
  const layout = make("div", { class: "layout" }, field, status, answer, places.first, marked, places.last);
  const root = make("div", { class: "root" }, make("slot", { name: "intro" }), layout, make("slot", { name: "footer" }));
  return { root, field, label, open, clear, restore, chooser, box, held, privacy, status, answer, marked, aside, places };
}
