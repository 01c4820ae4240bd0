// @ts-check
/** What is done to the element's frame once its texts are there. */

import { ROWS } from "./frame.js";

/**
 * Brings the box in line with what stands in it.
 *
 * @param {import("./frame.js").Frame} frame
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
 * @param {import("./frame.js").Frame} frame
 * @param {Node[]} nodes
 */
export function showMarked({ marked, aside, places }, nodes) {
  marked.replaceChildren(...nodes);
  marked.hidden = nodes.length === 0;
  const place = marked.hidden ? places.first : places.last;
  if (aside.parentElement !== place) place.append(aside);
}

/**
 * @param {import("./frame.js").Frame} frame
 * @param {import("./types.js").Texts} texts
 * @param {string} placeholder the page's own; ours when empty
 */
export function labelFrame({ root, label, open, box, privacy, clear, restore, answer }, texts, placeholder) {
  root.lang = texts.lang;
  label.textContent = texts.say("box.label");
  box.placeholder = placeholder || texts.say("box.placeholder");
  privacy.textContent = texts.say("box.privacy");
  open.textContent = texts.say("box.open");
  clear.textContent = texts.say("box.clear");
  restore.textContent = texts.say("box.restore");
  answer.setAttribute("aria-label", texts.say("answer.region"));
}

/**
 * Ties what is marked in the text to its answer: pointing at one, or moving the focus to it, shows the other.
 *
 * @param {import("./frame.js").Frame} frame
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

/**
 * Shows other nodes in the marked text, at the place that the reader had scrolled it to.
 *
 * @param {import("./frame.js").Frame} frame
 * @param {Node[]} nodes
 */
export function remark({ marked }, nodes) {
  const top = marked.querySelector(".text")?.scrollTop ?? 0;
  marked.replaceChildren(...nodes);
  marked.querySelector(".text")?.scrollTo({ top, behavior: "instant" });
}

/**
 * The pressed button is gone with the old answer; focus goes to where the way leads on.
 *
 * @param {import("./frame.js").Frame} frame
 * @param {string} name
 */
export function focusWay({ answer, box }, name) {
  const target = answer.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  const place = target instanceof HTMLDetailsElement ? target.querySelector("summary") : target;
  (place instanceof HTMLElement ? place : box).focus();
}

/**
 * From what is marked to its answer.
 *
 * @param {import("./frame.js").Frame} frame
 * @param {number} of which of the answers
 */
export function goToAnswer(frame, of) {
  focusWay(frame, `answer ${of}`);
  frame.answer.querySelector(`article[data-of="${of}"]`)?.scrollIntoView({ block: "nearest" });
}

/**
 * And back.
 *
 * @param {import("./frame.js").Frame} frame
 * @param {number} of which of the answers
 */
export function goToMark({ marked }, of) {
  const mark = marked.querySelector(`.line .number[data-of="${of}"]`);
  if (mark instanceof HTMLElement) {
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  }
}
