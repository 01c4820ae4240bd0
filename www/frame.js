// @ts-check
/** What of the element stays while answers come and go: the box with its label, and the places for what is said of it. */

import { make } from "./nodes.js";

/** Where a browser cannot grow the box by itself: its limits, in rows. */
const ROWS = { least: 6, most: 18 };

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
  const ways = make("div", { class: "ways" }, open, restore, clear);
  const field = make("div", { class: "field" }, make("div", { class: "row" }, label, ways), box, held, chooser, privacy);
  const aside = make("slot", { name: "aside" });
  const places = { first: make("div", { class: "aside" }), last: make("div", { class: "aside last" }) };
  places.first.append(aside);
  const root = make("div", { class: "root" }, make("div", { class: "layout" }, field, status, answer, places.first, marked, places.last));
  return { root, field, label, open, clear, restore, chooser, box, held, privacy, status, answer, marked, aside, places };
}

/**
 * Brings the box in line with what stands in it.
 *
 * @param {ReturnType<typeof makeFrame>} frame
 * @param {boolean} canRestore whether a cleared text can be brought back
 */
export function fitFrame({ box, clear, restore, held }, canRestore) {
  const isEmpty = box.value === "" && held.hidden;
  box.hidden = !held.hidden;
  clear.classList.toggle("hidden", isEmpty);
  restore.hidden = !isEmpty || !canRestore;
  clear.hidden = !restore.hidden;
  if (!CSS.supports("field-sizing", "content")) {
    box.rows = Math.max(ROWS.least, box.value.split("\n", ROWS.most).length);
  }
}

/**
 * Shows the marked text, or hides it. What stands beside the box gives way to it and goes to the end: pushed down under
 * the reader's eyes it would be in the way of both.
 *
 * @param {ReturnType<typeof makeFrame>} frame
 * @param {Node[]} nodes
 */
export function showMarked({ marked, aside, places }, nodes) {
  marked.replaceChildren(...nodes);
  marked.hidden = nodes.length === 0;
  const place = marked.hidden ? places.first : places.last;
  if (aside.parentElement !== place) place.append(aside);
}

/**
 * @param {ReturnType<typeof makeFrame>} frame
 * @param {import("./types.js").Texts} texts
 */
export function labelFrame({ root, label, open, box, privacy, clear, restore, answer }, texts) {
  root.lang = texts.lang;
  label.textContent = texts.say("box.label");
  box.placeholder = texts.say("box.placeholder");
  privacy.textContent = texts.say("box.privacy");
  open.textContent = texts.say("box.open");
  clear.textContent = texts.say("box.clear");
  restore.textContent = texts.say("box.restore");
  answer.setAttribute("aria-label", texts.say("answer.region"));
}

/**
 * Ties what is marked in the text to its answer: pointing at one, or moving the focus to it, shows the other.
 *
 * @param {ReturnType<typeof makeFrame>} frame
 */
export function tieMarks({ root }) {
  /** @param {string | undefined} of */
  const light = (of) => {
    for (const element of root.querySelectorAll("[data-of]")) {
      element.classList.toggle("lit", of !== undefined && element instanceof HTMLElement && element.dataset.of === of);
    }
  };
  /** @param {Event} event */
  const follow = ({ target }) => {
    const tied = target instanceof Element ? target.closest("[data-of]") : null;
    light(tied instanceof HTMLElement ? tied.dataset.of : undefined);
  };
  root.addEventListener("pointerover", follow);
  root.addEventListener("pointerleave", () => light(undefined));
  root.addEventListener("focusin", follow);
  root.addEventListener("focusout", () => light(undefined));
}
