// @ts-check
import { ANSWER_STYLE } from "./answer-style.js";
import { MARKED_STYLE } from "./marked-style.js";

/**
 * How the element looks once it answers; what stands there before is styled in first-style.js.
 */
const STYLE = `
button {
  min-block-size: 2.75em;
  padding: 0.4em 1.1em;
  border: 1px solid var(--edge);
  border-radius: var(--error-diagnoser-radius, 0.625em);
  background: var(--paper);
  color: var(--ink);
  font: inherit;
  font-weight: 550;
  line-height: 1.3;
  text-align: start;
  cursor: pointer;
}
button:hover { border-color: var(--accent); background: var(--tint); }
button:active { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.quiet {
  min-block-size: 2em;
  padding: 0.2em 0.5em;
  margin-inline: -0.5em;
  border-color: transparent;
  background: transparent;
  color: var(--accent);
  text-decoration: underline;
  text-decoration-thickness: 1px;
  text-underline-offset: 0.2em;
}
.quiet:hover { border-color: transparent; }
.hidden { visibility: hidden; }

/* Before and instead of an answer. */

.empty h2 { margin-block-end: 0.9em; }
.empty ol { display: grid; gap: 0.9em; list-style: none; counter-reset: step; margin-block-end: 1.5em; }
.empty li { counter-increment: step; position: relative; padding-inline-start: 2.75em; }
.empty li::before {
  content: counter(step);
  position: absolute;
  inset-inline-start: 0;
  inset-block-start: 0;
  inline-size: 1.75em;
  block-size: 1.75em;
  line-height: 1.65em;
  border: 1px solid var(--accent);
  border-radius: 50%;
  color: var(--accent);
  font-size: 0.9375em;
  font-weight: 650;
  text-align: center;
}
.reading { display: grid; gap: 0.5em; justify-items: start; max-inline-size: 30em; }
.reading .sentence { font-weight: 650; }
.reading .so-far { min-block-size: 3.2em; font-variant-numeric: tabular-nums; }
progress {
  appearance: none;
  inline-size: 100%;
  block-size: 0.625em;
  border: 1px solid var(--edge);
  border-radius: 0.3125em;
  overflow: hidden;
  background: var(--paper);
  color: var(--accent);
}
progress::-webkit-progress-bar { background: var(--paper); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
.nothing p, .failure p { margin-block-start: 0.6em; max-inline-size: 38em; }
.failure h2 { color: var(--fault); }
.failure:not(:last-child) { margin-block-end: 1.5em; padding-block-end: 1.5em; border-block-end: 1px solid var(--line); }
.failure button { margin-block-start: 1em; }
.failure details { margin-block-start: 0.8em; }
.failure .problems { padding-inline-start: 1.25em; font: 0.875em/1.6 var(--mono); }
`;

/** Last, because it overrides. */
const NARROW_STYLE = `
@container (max-width: 30em) {
  .diagnosis { padding: 1.25em; }
  /* Long words of a title are common in Dutch and Swedish. */
  h2 { font-size: 1.3em; hyphens: auto; }
}

@media (forced-colors: active) {
  mark { border: 1px solid CanvasText; }
  mark[data-kind="literal"] { border: 0; border-block-end: 2px solid CanvasText; }
  mark[data-kind="app"] { border: 2px dotted CanvasText; }
  .lit { outline: 2px solid Highlight; }
  .tick { forced-color-adjust: none; background: CanvasText; }
  .quiet { margin-inline: 0; }
  progress { forced-color-adjust: none; --accent: Highlight; --paper: Canvas; --edge: CanvasText; }
  .sign, .privacy::before, .steps input { forced-color-adjust: none; --accent: CanvasText; --soft: CanvasText; }
}
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** One sheet for all elements of a page, made when the first one needs it. */
export function sharedSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE + ANSWER_STYLE + MARKED_STYLE + NARROW_STYLE);
  }
  return sheet;
}
