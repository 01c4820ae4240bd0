// @ts-check
/**
 * A catalog's prose as nodes: the whole vocabulary of text that we show. Links lead to https and mailto only, whatever the
 * catalog says.
 *
 * @typedef {import("./types.js").Inline} Inline
 * @typedef {import("./types.js").Texts} Texts
 * @typedef {import("./types.js").Value} Value
 */

import { make } from "./nodes.js";

/**
 * Inline text as paragraphs, with the lists in it between them.
 *
 * @param {Texts} texts
 * @param {Inline[]} inlines
 * @param {Value[]} values
 */
export function renderProse(texts, inlines, values) {
  /** @type {HTMLElement[]} */
  const blocks = [];
  /** @type {HTMLParagraphElement | null} */
  let paragraph = null;
  for (const inline of inlines) {
    if ("list" in inline) {
      const items = inline.list.items.map((item) => make("li", {}, ...renderProse(texts, item, values)));
      blocks.push(make(inline.list.ordered ? "ol" : "ul", {}, ...items));
      paragraph = null;
    } else {
      if (!paragraph) {
        paragraph = make("p");
        blocks.push(paragraph);
      }
      paragraph.append(...renderInlines(texts, [inline], values));
    }
  }
  return blocks;
}

/**
 * @param {Texts} texts
 * @param {Inline[]} inlines
 * @param {Value[]} values
 * @returns {(Node | string)[]}
 */
export function renderInlines(texts, inlines, values) {
  return inlines.flatMap((inline) => {
    if ("text" in inline) return [inline.text];
    if ("code" in inline) return [make("code", { translate: "no" }, inline.code)];
    if ("strong" in inline) return [make("strong", {}, ...renderInlines(texts, inline.strong, values))];
    if ("slot" in inline) return [renderSlot(inline.slot, values)];
    if ("link" in inline) return renderLink(texts, inline.link, values);
    // A list where only a phrase can stand (a heading, a link): its items, one after the other.
    return inline.list.items.flatMap((item) => [" ", ...renderInlines(texts, item, values)]);
  });
}

/**
 * The same as plain text, where there can be no elements: in a button, in what is copied.
 *
 * @param {Inline[]} inlines
 * @param {Value[]} values
 * @returns {string}
 */
export function plainText(inlines, values) {
  return inlines
    .map((inline) => {
      if ("text" in inline) return inline.text;
      if ("code" in inline) return inline.code;
      if ("strong" in inline) return plainText(inline.strong, values);
      if ("slot" in inline) return slotText(inline.slot, values) ?? `{${inline.slot}}`;
      if ("link" in inline) return plainText(inline.link.content, values);
      return inline.list.items.map((item) => ` ${plainText(item, values)}`).join("");
    })
    .join("");
}

/**
 * @param {string} name
 * @param {Value[]} values
 */
export function slotText(name, values) {
  return values.find((candidate) => candidate.name === name && candidate.value !== "")?.value;
}

/**
 * @param {Texts} texts
 * @param {{ href: string, content: Inline[] }} link
 * @param {Value[]} values
 */
function renderLink(texts, { href, content }, values) {
  const inner = renderInlines(texts, content, values);
  if (!/^(https:\/\/|mailto:)[^\s\p{Cc}]+$/iu.test(href)) {
    return inner;
  }
  const mark = make("span", { class: "external", "aria-hidden": "true" }, "\u2197");
  const said = make("span", { class: "unseen" }, ` ${texts.say("link.external")}`);
  return [make("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...inner, mark, said)];
}

/**
 * @param {string} name
 * @param {Value[]} values
 */
export function renderSlot(name, values) {
  const value = slotText(name, values);
  return value !== undefined
    ? make("mark", { dir: "auto", translate: "no" }, value)
    : make("span", { class: "slot", translate: "no" }, `{${name}}`);
}

/**
 * The language of a passage, if it is not the language around it.
 *
 * @param {Texts} texts
 * @param {string} lang
 */
export function foreign(texts, lang) {
  return lang === texts.lang ? undefined : lang;
}
