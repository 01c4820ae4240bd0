// @ts-check
/** On paper everything is open: what is folded is unfolded before printing and folded again after it. */

/** @param {HTMLElement} answer */
export function openForPrint(answer) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...answer.querySelectorAll("details")].filter((details) => !details.open && !details.matches(".take, .report, .draft"));
    for (const details of opened) {
      details.open = true;
      // The browser tells of it too late: what is in it must be there for the paper.
      details.dispatchEvent(new Event("toggle"));
    }
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    opened = [];
  });
}
