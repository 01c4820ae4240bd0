// @ts-check
/** What of the element a page may style with `::part(…)`, and what it is inside. */

/** @type {Record<string, string>} */
export const PARTS = {
  field: ".field",
  label: ".field label",
  box: "textarea",
  privacy: ".privacy",
  marked: ".marked",
  answer: ".answer",
  loading: ".loading",
  failure: ".failure",
  empty: ".empty",
  nothing: ".nothing",
  closest: ".closest",
  diagnosis: ".diagnosis",
  title: ".diagnosis > h2",
  confidence: ".confidence",
  message: ".message",
  cause: ".situation > .prose",
  steps: ".steps",
  feedback: ".feedback",
  button: "button",
  link: ".root a",
};

/** @param {HTMLElement} root what was made anew */
export function nameParts(root) {
  for (const [part, selector] of Object.entries(PARTS)) {
    for (const element of root.querySelectorAll(selector)) element.part.add(part);
  }
}
