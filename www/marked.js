// @ts-check
/**
 * The text as it was pasted, with what was recognised marked in it. A long one is folded to the lines that matter, under
 * a strip that shows where each error occurs.
 *
 * @typedef {import("./types.js").Diagnosis} Diagnosis
 * @typedef {import("./types.js").Texts} Texts
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./segments.js").Piece} Piece
 */

import { button, make } from "./nodes.js";
import { pieces, runs, stretches } from "./segments.js";

/** Lines from which on a strip helps. */
const LONG = 12;
/** Later occurrences that are shown as lines; the strip leads to the rest. */
const SHOWN_REPEATS = 2;
/** How many lines one press unfolds at most. */
const UNFOLDED = 200;
/** Characters at each end of a long stretch in which nothing was recognised. */
const EDGE = 160;
/** How many ticks a strip draws at most; more would be one bar. */
const TICKS = 120;
/** Milliseconds for which a line that was jumped to is pointed out. */
const POINTED = 2000;

/**
 * @typedef {object} Marked
 * @property {Texts} texts
 * @property {import("./pasted.js").Pasted} pasted
 * @property {Diagnosis[]} found
 * @property {Session} session
 * @property {() => void} redo makes the view anew
 * @property {(of: number) => void} goTo goes to the answer with this number, counted from 0
 */

/**
 * @param {Marked} view
 * @returns {HTMLElement[]}
 */
export function renderMarked(view) {
  const { texts, pasted, found, session } = view;
  const all = pieces(found);
  if (all.length === 0) {
    return [];
  }
  const occurrences = found.map(({ lines }) => lines.map((line) => line - 1));
  const first = all.map(({ start }) => pasted.lineAt(start));
  const last = all.map(({ end }) => pasted.lineAt(Math.max(0, end - 1)));
  const repeats = occurrences.flatMap((lines) => lines.slice(0, SHOWN_REPEATS + 1));
  const wanted = [...first, ...last, ...repeats, ...session.shown];
  const body = make("div", { class: "lines", translate: "no", lang: "" });
  const again = new Map(occurrences.flatMap((lines, of) => lines.slice(1).map((line) => [line, of])));
  const numbered = new Set();
  const shares = pasted.known ? runs(pasted.lines, pasted.known) : stretches(pasted.lines, wanted, new Set());
  for (const { from, to, shown } of shares) {
    if (!shown) {
      body.append(renderGap(view, from, to));
      continue;
    }
    for (let line = from; line < to; line += 1) {
      body.append(renderLine(view, line, all, again, numbered));
    }
  }
  const name = "marked-title";
  const kinds = new Set(all.map(({ kind }) => kind));
  return [
    make("h2", { id: name }, texts.say("marked")),
    ...(pasted.lines > LONG ? [renderStrips(view, occurrences, body)] : []),
    make("div", { class: "text", role: "region", "aria-labelledby": name, tabindex: "0" }, body),
    make(
      "ul",
      { class: "legend", "aria-label": texts.say("marked.legend") },
      ...(/** @type {const} */ (["literal", "value", "app"]))
        .filter((kind) => kinds.has(kind))
        .map((kind) => make("li", {}, make("mark", { "data-kind": kind }, texts.say(`marked.${kind}`)))),
      make("li", { class: "unknown" }, texts.say("marked.unknown")),
    ),
  ];
}

/**
 * @param {Marked} view
 * @param {number} line
 * @param {Piece[]} all
 * @param {Map<number, number>} again the lines where an error occurs again
 * @param {Set<number>} numbered the diagnoses whose number was shown
 */
function renderLine(view, line, all, again, numbered) {
  const { texts, pasted } = view;
  const { start: from, text } = pasted.line(line) ?? { start: 0, text: "" };
  const to = from + text.length;
  /** @type {(Node | string)[]} */
  const content = [];
  let at = from;
  for (const { start, end, kind, of } of all) {
    if (end <= from || start >= to) {
      continue;
    }
    const begin = Math.max(start, from);
    const stop = Math.min(end, to);
    content.push(...renderUnknown(texts, text.slice(at - from, begin - from), at > from, true));
    if (!numbered.has(of)) {
      numbered.add(of);
      content.push(renderNumber(view, of, "marked.go"));
    }
    content.push(make("mark", { "data-kind": kind, "data-of": String(of) }, trimEnd(text.slice(begin - from, stop - from))));
    at = stop;
  }
  content.push(...renderUnknown(texts, trimEnd(text.slice(at - from)), at > from, false));
  const repeated = again.get(line);
  return make(
    "div",
    { class: "line", "data-line": String(line), dir: "auto" },
    make("span", { class: "at", "aria-hidden": "true" }, texts.number(line + 1)),
    make("span", { class: "code" }, repeated !== undefined && renderNumber(view, repeated, "marked.again"), ...content),
  );
}

/**
 * The number of a diagnosis, which leads to it.
 *
 * @param {Marked} view
 * @param {number} of
 * @param {"marked.go" | "marked.again"} label
 */
function renderNumber({ texts, found, goTo }, of, label) {
  const named = texts.say(label, { number: of + 1, title: found[of]?.title ?? "" });
  return button(texts.number(of + 1), () => goTo(of), {
    class: label === "marked.go" ? "number" : "number again",
    "aria-label": named,
    "data-of": String(of),
    lang: texts.lang,
  });
}

/**
 * What says nothing to us; the middle of a long stretch is left out.
 *
 * @param {Texts} texts
 * @param {string} text
 * @param {boolean} after whether something recognised stands before it
 * @param {boolean} before whether something recognised stands after it
 */
function renderUnknown(texts, text, after, before) {
  if (text === "") {
    return [];
  }
  if (text.length <= 3 * EDGE) {
    return [make("span", { class: "unknown" }, text)];
  }
  const head = after || !before ? text.slice(0, EDGE) : "";
  const tail = before ? text.slice(-EDGE) : "";
  const left = text.length - head.length - tail.length;
  const gap = make("span", { class: "left-out", lang: texts.lang }, texts.say("marked.chars", { count: left }));
  return [
    ...(head ? [make("span", { class: "unknown" }, head)] : []),
    gap,
    ...(tail ? [make("span", { class: "unknown" }, tail)] : []),
  ];
}

/**
 * @param {Marked} view
 * @param {number} from
 * @param {number} to
 */
function renderGap({ texts, pasted, session, redo }, from, to) {
  if (pasted.known) {
    // The lines of a file that is not held are not at hand.
    return make("p", { class: "gap", lang: texts.lang, translate: "yes" }, texts.say("marked.lines", { count: to - from }));
  }
  const unfold = () => {
    for (let line = from; line < Math.min(to, from + UNFOLDED); line += 1) session.shown.add(line);
    redo();
  };
  return button(texts.say("marked.lines", { count: to - from }), unfold, { class: "gap", lang: texts.lang });
}

/**
 * Where each diagnosis occurs, from the first line to the last, and how often.
 *
 * @param {Marked} view
 * @param {number[][]} occurrences
 * @param {HTMLElement} body
 */
function renderStrips(view, occurrences, body) {
  const { texts, pasted, found, session, redo } = view;
  const known = pasted.known && new Set(pasted.known);
  const goTo = (/** @type {number} */ line, /** @type {string} */ focus) => {
    const root = /** @type {ShadowRoot | Document} */ (body.getRootNode());
    if (!body.querySelector(`[data-line="${line}"]`)) {
      session.shown.add(line);
      redo();
      // The pressed button is gone with the old view.
      const again = root.querySelector(`[data-step="${focus}"]`);
      if (focus && again instanceof HTMLElement) again.focus({ preventScroll: true });
    }
    const target = root.querySelector(`.lines [data-line="${line}"]`);
    target?.scrollIntoView({ block: "nearest" });
    target?.classList.add("here");
    setTimeout(() => target?.classList.remove("here"), POINTED);
  };
  return make("ul", { class: "strips", "aria-label": texts.say("marked.where") }, ...occurrences.map((lines, of) => {
    // Of a file that is not held, most places can be seen on the strip only.
    const places = known ? lines.filter((line) => known.has(line)) : lines;
    const go = (/** @type {number} */ nth, /** @type {string} */ focus) => {
      session.at.set(of, nth);
      goTo(places[nth] ?? 0, focus);
    };
    const step = (/** @type {number} */ by, /** @type {string} */ focus) =>
      go(((session.at.get(of) ?? -1) + by + places.length) % places.length, focus);
    const track = make("span", { class: places.length > 0 ? "track" : "track still", "aria-hidden": "true" });
    const every = Math.max(1, Math.ceil(lines.length / TICKS));
    for (const line of lines.filter((_, nth) => nth % every === 0)) {
      const tick = make("span", { class: "tick" });
      tick.style.setProperty("--at", String(line / pasted.lines));
      track.append(tick);
    }
    track.addEventListener("click", (event) => {
      const box = track.getBoundingClientRect();
      const wished = ((event.clientX - box.left) / box.width) * pasted.lines;
      const off = (/** @type {number} */ nth) => Math.abs((places[nth] ?? 0) - wished);
      if (places.length > 0) go(places.reduce((best, _, nth) => (off(nth) < off(best) ? nth : best), 0), "");
    });
    const title = found[of]?.title ?? "";
    const stepper = (/** @type {"previous" | "next"} */ way) =>
      button(way === "next" ? "›" : "‹", () => step(way === "next" ? 1 : -1, `${way} ${of}`), {
        class: "step",
        "data-step": `${way} ${of}`,
        "aria-label": texts.say(`marked.${way}`, { title }),
      });
    return make(
      "li",
      { "data-of": String(of) },
      renderNumber(view, of, "marked.go"),
      track,
      make("span", { class: "times" }, texts.say("marked.times", { count: found[of]?.count ?? 1 })),
      places.length > 1 && stepper("previous"),
      places.length > 0 && stepper("next"),
    );
  }));
}

/** Line ends are not shown: each line stands on its own. @param {string} text */
function trimEnd(text) {
  return text.replace(/[\r\n]+$/, "");
}
