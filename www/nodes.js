// @ts-check
/** The one place where elements are made. Data becomes attributes and text nodes, never markup. */

/**
 * An element with attributes (false and undefined are left out) and children.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | undefined>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * @param {string} text
 * @param {() => void} press
 * @param {Record<string, string | boolean | undefined>} [attributes]
 */
export function button(text, press, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", press);
  return element;
}

/**
 * Something that opens on request, and is open again when it is made anew. What is in it is made when it opens first.
 *
 * @param {Set<string>} open the names of what is open
 * @param {string} name
 * @param {Record<string, string | undefined>} attributes
 * @param {(Node | string)[]} summary
 * @param {() => (Node | string | null | undefined | false)[]} children
 */
export function fold(open, name, attributes, summary, children) {
  const head = make("summary", {}, ...summary);
  const details = make("details", { ...attributes, open: open.has(name) }, head);
  let isFilled = false;
  const fill = () => {
    if (!isFilled) {
      isFilled = true;
      details.append(...children().filter((child) => child !== null && child !== undefined && child !== false));
      details.dispatchEvent(new Event("filled", { bubbles: true }));
    }
  };
  details.addEventListener("toggle", () => {
    if (details.open) open.add(name);
    else open.delete(name);
    if (details.open) fill();
  });
  // Pressed, it opens at once, and is told of that only later.
  head.addEventListener("click", fill);
  if (details.open) fill();
  return details;
}
