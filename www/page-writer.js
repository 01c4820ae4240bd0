// @ts-check
/**
 * Elements of a page as Markdown: headings, paragraphs, lists, tables, code and links, by the rules of the catalog's pages.
 * Each block begins on a line of its own, and the line knows its element. It loads nothing and changes nothing.
 */

/** What is no text of the page. */
const SKIPPED =
  "script, style, template, noscript, nav, form, button, input, select, textarea, svg, iframe, object, video, audio, " +
  "error-diagnoser, [data-error-diagnoser], [aria-hidden='true']:not(:has(*))";
const BLOCKS =
  "address, article, aside, blockquote, details, dd, div, dl, dt, figure, footer, h1, h2, h3, h4, h5, h6, header, hr, li, main, " +
  "ol, p, pre, section, summary, table, ul";
/** Marks beside a heading that link to itself. */
const ANCHOR = "a[href^='#'], a.headerlink, a.hash-link";

export class PageWriter {
  /** @type {string[]} */
  #lines = [];
  /** By their line, counted from 1. @type {Map<number, HTMLElement>} */
  #elements = new Map();

  /** Of the last heading. */
  #level = 1;

  get text() {
    return `${this.#lines.join("\n")}\n`;
  }

  /** @param {number} line */
  elementAt(line) {
    for (let at = line; at > 0; at -= 1) {
      const element = this.#elements.get(at);
      if (element) return element;
    }
    return null;
  }

  /** @param {Record<string, string>} fields */
  front(fields) {
    this.#lines.push("---", ...Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(tidy(value))}`), "---", "");
  }

  /**
   * @param {Element} parent
   * @param {string} indent before each line: spaces in lists
   */
  blocks(parent, indent = "") {
    /** Text and inline elements between blocks are a paragraph. @type {Node[]} */
    let loose = [];
    const flush = () => {
      const text = loose.map((node) => this.#inline(node)).join("");
      if (text.trim() !== "") this.#write(loose.find((node) => node instanceof HTMLElement) ?? parent, indent, escapeStart(tidyLines(text)));
      loose = [];
    };
    for (const node of parent.childNodes) {
      if (node instanceof Element && (node.matches(BLOCKS) || (!node.matches(SKIPPED) && node.querySelector(BLOCKS)))) {
        flush();
        this.#block(node, indent);
      } else {
        loose.push(node);
      }
    }
    flush();
  }

  /**
   * @param {Element} element
   * @param {string} indent
   */
  #block(element, indent) {
    if (element.matches(SKIPPED)) return;
    const level = /^H([1-6])$/.exec(element.tagName)?.[1];
    const tag = element.localName;
    if (level) this.#heading(element, (this.#level = Number(level)), indent);
    else if (tag === "summary") this.#heading(element, Math.min(this.#level + 1, 6), indent);
    else if (tag === "dt") this.#label(element, indent);
    else if (tag === "p") this.#paragraph(element, indent);
    else if (tag === "ul" || tag === "ol") this.#list(element, indent);
    else if (tag === "table") this.#table(/** @type {HTMLTableElement} */ (element), indent);
    else if (tag === "pre") this.#code(element, indent);
    else if (tag !== "hr") this.blocks(element, indent);
  }

  /**
   * @param {Element} element
   * @param {number} level
   * @param {string} indent
   */
  #heading(element, level, indent) {
    const text = tidy(this.#inlines(element));
    if (text === "") return;
    const id = idOf(element);
    // An id with other characters would be read as a part of the heading.
    const mark = /^[\w./-]+$/.test(id) ? ` {#${id}}` : "";
    this.#write(element, indent, `${"#".repeat(level)} ${text}${mark}`);
  }

  /**
   * @param {Element} element
   * @param {string} indent
   */
  #paragraph(element, indent) {
    const text = tidyLines(this.#inlines(element));
    if (text !== "") this.#write(element, indent, escapeStart(text));
  }

  /**
   * @param {Element} element
   * @param {string} indent
   */
  #label(element, indent) {
    const text = tidy(this.#inlines(element)).replace(/\s*[:：]$/, "");
    if (text !== "") this.#write(element, indent, text.startsWith("**") ? text : `**${text}**:`);
  }

  /**
   * @param {Element} list
   * @param {string} indent
   */
  #list(list, indent) {
    [...list.children].filter((child) => child.localName === "li").forEach((item, nth) => {
      const marker = list.localName === "ol" ? `${nth + 1}. ` : "* ";
      const start = this.#lines.length;
      this.blocks(item, indent + " ".repeat(marker.length));
      const first = this.#lines[start];
      if (first !== undefined) this.#lines[start] = indent + marker + first.slice(indent.length + marker.length);
    });
  }

  /**
   * @param {HTMLTableElement} table
   * @param {string} indent
   */
  #table(table, indent) {
    const rows = [...table.rows];
    const [head, ...rest] = rows;
    if (!head) return;
    const cells = (/** @type {HTMLTableRowElement} */ row) =>
      `| ${[...row.cells].map((cell) => tidy(this.#cell(cell)).replace(/(?<!\\)\|/g, "\\|")).join(" | ")} |`;
    this.#write(table, indent, cells(head), false);
    this.#lines.push(`${indent}|${" --- |".repeat(head.cells.length)}`);
    for (const row of rest) this.#write(row, indent, cells(row), false);
    this.#lines.push("");
  }

  /** A cell's blocks on one line. @param {Element} cell */
  #cell(cell) {
    const inner = new PageWriter();
    inner.blocks(cell);
    return inner.#lines.filter((line) => line !== "").map((line) => line.replace(/^(?:\* |\d+\. )|\\$/g, "")).join("<br>");
  }

  /**
   * @param {Element} element
   * @param {string} indent
   */
  #code(element, indent) {
    const lines = (element.textContent ?? "").replace(/\n$/, "").split("\n");
    const longest = Math.max(2, ...lines.map((line) => /^\s*(`+)/.exec(line)?.[1]?.length ?? 0));
    const fence = "`".repeat(longest + 1);
    this.#write(element, indent, [fence, ...lines, fence].join("\n"));
  }

  /** @param {Element} element */
  #inlines(element) {
    return [...element.childNodes].map((node) => this.#inline(node)).join("");
  }

  /**
   * @param {Node} node
   * @returns {string}
   */
  #inline(node) {
    if (node instanceof Text) return escape(node.data);
    if (!(node instanceof Element) || node.matches(SKIPPED)) return "";
    const tag = node.localName;
    if (tag === "br") return "\n";
    if (tag === "code" || tag === "kbd" || tag === "samp" || tag === "tt") return code(node.textContent ?? "");
    if (tag === "img") return escape(node.getAttribute("alt") ?? "");
    const inside = this.#inlines(node);
    if (tag === "b" || tag === "strong") return around("**", inside);
    if (tag !== "a" || !(node instanceof HTMLAnchorElement)) return inside;
    if (node.matches(ANCHOR) && tidy(node.textContent ?? "").length < 2) return "";
    // Links to other places than https and mailto, and within the page, are only their words.
    const isSafe = /^(?:https|mailto):$/.test(node.protocol) && !(node.getAttribute("href") ?? "#").startsWith("#");
    return isSafe && inside.trim() !== "" ? `[${tidyLines(inside)}](<${node.href.replace(/[<>\s]/g, encodeURIComponent)}>)` : inside;
  }

  /**
   * @param {Node} element
   * @param {string} indent
   * @param {string} text
   * @param {boolean} isBlock whether an empty line follows
   */
  #write(element, indent, text, isBlock = true) {
    if (element instanceof HTMLElement) this.#elements.set(this.#lines.length + 1, element);
    this.#lines.push(...text.split("\n").map((line) => indent + line), ...(isBlock ? [""] : []));
  }
}

/** The id by which a heading is known: its own, of an anchor in or before it, or of the section that it heads. @param {Element} heading */
function idOf(heading) {
  const anchor = heading.querySelector("a[id], a[name], [id]");
  const section = heading.parentElement;
  const heads = section?.matches("section, article, div") && section.firstElementChild === heading;
  return heading.id || anchor?.id || anchor?.getAttribute("name") || (heads ? section?.id : "") || "";
}

/** What Markdown would read as its own. @param {string} text */
function escape(text) {
  return text.replace(/[\\`*_[\]<>&~#|]/g, "\\$&").replace(/\s+/g, " ");
}

/** @param {string} text */
function escapeStart(text) {
  return text.replace(/^(\s*)([-+=:]|\d+(?=[.)]))/gm, (_, space, sign) => (/\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`));
}

/** @param {string} text */
function code(text) {
  const inner = tidy(text);
  if (inner === "") return "";
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 || inner.startsWith("`") ? `${fence} ${inner} ${fence}` : `${fence}${inner}${fence}`;
}

/**
 * Markers stand directly around words, or Markdown does not see them.
 *
 * @param {string} mark
 * @param {string} text
 */
function around(mark, text) {
  const inner = text.trim();
  if (inner === "") return text;
  const [before = "", after = ""] = text.split(inner);
  return `${before}${mark}${inner}${mark}${after}`;
}

/** On one line. @param {string} text */
function tidy(text) {
  return text.replace(/\s+/g, " ").trim();
}

/** Line breaks stay, as Markdown writes them. @param {string} text */
function tidyLines(text) {
  return text.split("\n").map(tidy).filter(Boolean).join("\\\n");
}
