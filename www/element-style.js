// @ts-check
/**
 * How the element looks. A string, because a style sheet made in script is the one way to style a shadow root that works
 * under a portal's `style-src` and costs no request.
 *
 * Sizes are in em of the text around, so that the element fits a page whatever its root font size is. Colours that begin
 * with `--error-diagnoser-` are for the page to set; `light-dark()` follows the page's `color-scheme`.
 */
const STYLE = `
:host {
  /* Important, because a page that resets everything would win otherwise. */
  display: block !important;
  --ink: var(--error-diagnoser-ink, light-dark(#1b2326, #e7ecec));
  --soft: var(--error-diagnoser-soft, light-dark(#536066, #a5b1b5));
  --paper: var(--error-diagnoser-paper, light-dark(#ffffff, #171c1f));
  --wash: var(--error-diagnoser-wash, light-dark(#f2f6f5, #1f2629));
  --line: var(--error-diagnoser-line, light-dark(#dbe2e2, #30393d));
  --edge: var(--error-diagnoser-edge, light-dark(#79868b, #7d898e));
  --accent: var(--error-diagnoser-accent, light-dark(#0b665f, #71d1c4));
  --on-accent: var(--error-diagnoser-on-accent, light-dark(#ffffff, #0c1f1d));
  --tint: var(--error-diagnoser-tint, light-dark(#e2f1ee, #173632));
  --fault: var(--error-diagnoser-fault, light-dark(#9f2a2a, #ffa9a3));
  --sans: var(--error-diagnoser-font, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK KR", system-ui, sans-serif);
  --mono: var(--error-diagnoser-mono, ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, "Noto Sans Mono", monospace);
}
:host([hidden]) { display: none !important; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
/* Told to be light or dark, the element brings its own ground: the page around may be the other. */
:host(:is([theme="light"], [theme="dark"])) {
  padding: 1.25em;
  border-radius: 1em;
  background: var(--error-diagnoser-ground, light-dark(#f7f9f8, #0f1315));
}

*, *::before, *::after { box-sizing: border-box; }

.root {
  container-type: inline-size;
  color: var(--ink);
  font-family: var(--sans);
  font-weight: 400;
  line-height: 1.6;
  letter-spacing: normal;
  text-align: start;
  text-transform: none;
  white-space: normal;
  overflow-wrap: anywhere;
}
:lang(ko) {
  --sans: var(--error-diagnoser-font, -apple-system, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", system-ui, sans-serif);
  word-break: keep-all;
}
[lang] { font-family: var(--sans); }
[lang]:lang(ko) { line-height: 1.7; }

h2, h3, h4, p, ul, ol, li { margin: 0; padding: 0; }
h2, h3, h4 { line-height: 1.3; font-weight: 650; text-wrap: balance; }
h2 { font-size: 1.5em; letter-spacing: -0.012em; }
h3, h4 { font-size: 1em; }
:lang(ko) h2, h2:lang(ko) { letter-spacing: normal; }

.unseen {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.soft { color: var(--soft); }

:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}
:focus:not(:focus-visible) { outline: none; }

/* The box and the answer: one column, or two where there is room, so that what was pasted stays beside what it means. */
.layout { display: grid; gap: 2em; grid-template-columns: minmax(0, 1fr); position: relative; }
.answer { min-block-size: 17em; }
@container (min-width: 54em) {
  .layout {
    grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    grid-template-rows: auto 1fr;
    column-gap: 3em;
  }
  .field { grid-area: 1 / 1; }
  .aside { grid-area: 2 / 1; }
  .answer { grid-area: 1 / 2 / span 2; }
  /* What is no card begins where the text in the box does. */
  .empty, .nothing, .failure, .loading { padding-block-start: 3.25em; }
}

.row {
  display: flex;
  align-items: baseline;
  justify-content: space-between;
  gap: 1em;
  min-block-size: 2.25em;
  padding-block-end: 0.375em;
}
.row label { font-weight: 650; }
textarea {
  display: block;
  inline-size: 100%;
  min-block-size: 13em;
  max-block-size: min(34em, 60vh);
  field-sizing: content;
  padding: 1em 1.125em;
  border: 1px solid var(--edge);
  border-radius: 0.75em;
  background: var(--paper);
  color: var(--ink);
  font: 400 0.9375em/1.6 var(--mono);
  resize: vertical;
}
textarea::placeholder { color: var(--soft); opacity: 1; font-family: var(--sans); }
textarea:focus-visible { outline-offset: -1px; border-color: var(--accent); }
.privacy {
  margin-block-start: 0.625em;
  padding-inline-start: 1.75em;
  position: relative;
  color: var(--soft);
  font-size: 0.875em;
}
/* A padlock, drawn: an image would need the portal's img-src. */
.privacy::before, .privacy::after { content: ""; position: absolute; inset-inline-start: 0.25em; }
.privacy::before {
  inset-block-start: 0.65em;
  inline-size: 0.875em;
  block-size: 0.6875em;
  border-radius: 0.1875em;
  background: var(--accent);
}
.privacy::after {
  inset-block-start: 0.2em;
  margin-inline-start: 0.1875em;
  inline-size: 0.5em;
  block-size: 0.55em;
  border: 0.125em solid var(--accent);
  border-block-end: 0;
  border-radius: 0.3em 0.3em 0 0;
}

button {
  min-block-size: 2.75em;
  padding: 0.4em 1.1em;
  border: 1px solid var(--edge);
  border-radius: 0.625em;
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
.clear { font-size: 0.9375em; }
.hidden { visibility: hidden; }

/* Before and instead of an answer. */

.empty h2 { margin-block-end: 0.9em; }
.empty ol { display: grid; gap: 0.9em; list-style: none; counter-reset: step; margin-block-end: 1.5em; }
.empty li, ol.steps > li { counter-increment: step; position: relative; padding-inline-start: 2.75em; }
.empty li::before, ol.steps > li::before {
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
.loading { color: var(--soft); }
.loading::before {
  content: "";
  display: inline-block;
  inline-size: 0.9em;
  block-size: 0.9em;
  margin-inline-end: 0.6em;
  vertical-align: -0.08em;
  border: 2px solid var(--line);
  border-block-start-color: var(--accent);
  border-radius: 50%;
}
@media (prefers-reduced-motion: no-preference) {
  .loading::before { animation: turn 0.9s linear infinite; }
  @keyframes turn { to { rotate: 1turn; } }
}
.nothing p, .failure p { margin-block-start: 0.6em; max-inline-size: 38em; }
.failure h2 { color: var(--fault); }
.failure:not(:last-child) { margin-block-end: 1.5em; padding-block-end: 1.5em; border-block-end: 1px solid var(--line); }
.failure button { margin-block-start: 1em; }
.failure details { margin-block-start: 0.8em; }
.failure .problems { padding-inline-start: 1.25em; font: 0.875em/1.6 var(--mono); }

/* A diagnosis. */
.count {
  display: flex;
  align-items: baseline;
  min-block-size: 2.25em;
  padding-block-end: 0.375em;
  font-weight: 650;
}
.diagnosis {
  padding: 1.75em;
  border: 1px solid var(--line);
  border-radius: 1em;
  background: var(--paper);
}
.diagnosis + .diagnosis { margin-block-start: 1.25em; }
.confidence {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  column-gap: 0.5em;
  margin-block-end: 0.5em;
  font-size: 0.875em;
  color: var(--soft);
}
.confidence strong { color: var(--accent); font-weight: 650; }
/* How sure, as a shape: a whole disc, half a disc, an empty ring. */
.sign {
  align-self: center;
  inline-size: 0.8em;
  block-size: 0.8em;
  border: 2px solid var(--accent);
  border-radius: 50%;
  background: var(--accent);
}
[data-level="likely"] .sign { background: linear-gradient(to right, var(--accent) 50%, transparent 50%); }
.tag .sign { border-color: var(--soft); background: none; }
.tag {
  display: inline-flex;
  align-items: center;
  gap: 0.4em;
  margin-inline-start: 0.5em;
  color: var(--soft);
  font-size: 0.875em;
  font-weight: 400;
}
.label { color: var(--soft); font-size: 0.875em; }
.recognised {
  margin-block-start: 1.25em;
  padding: 0.875em 1.125em;
  border-inline-start: 3px solid var(--accent);
  border-radius: 0 0.5em 0.5em 0;
  background: var(--wash);
}
.recognised .message { margin-block-start: 0.2em; font: 0.9375em/1.65 var(--mono); word-break: normal; }
.recognised .soft { margin-block-start: 0.4em; font-size: 0.875em; }
mark {
  padding: 0.05em 0.25em;
  border-block-end: 2px solid var(--accent);
  border-radius: 0.2em 0.2em 0 0;
  background: var(--tint);
  color: inherit;
  -webkit-box-decoration-break: clone;
  box-decoration-break: clone;
}
.slot { color: var(--soft); font-family: var(--mono); font-size: 0.9375em; }
.alternatives { color: var(--soft); }
.apps { margin-block-start: 0.9em; }
.apps .label { margin-inline-end: 0.25em; }
code { padding: 0.1em 0.3em; border-radius: 0.25em; background: var(--wash); font: 0.9em var(--mono); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
a:hover { text-decoration-thickness: 2px; }
.external { display: inline-block; margin-inline-start: 0.15em; font-size: 0.85em; }

.situation h3, .situation h4 { margin-block: 1.5em 0.35em; }
.prose { max-inline-size: 40em; }
.prose > * + *, .prose + .prose { margin-block-start: 0.6em; }
.prose ul, .prose ol { padding-inline-start: 1.25em; }
.prose li + li { margin-block-start: 0.35em; }
.prose ol.steps { display: grid; gap: 0.75em; padding: 0; list-style: none; counter-reset: step; }
.prose ol.steps > li { margin: 0; }
.prose ol.choice > li::before { content: counter(step, upper-alpha); border-radius: 0.4em; }
.prose ul.steps { display: grid; gap: 0.6em; list-style: none; padding: 0; }
.prose ul.steps > li { position: relative; margin: 0; padding-inline-start: 1.5em; }
.prose ul.steps > li::before {
  content: "";
  position: absolute;
  inset-inline-start: 0.15em;
  inset-block-start: 0.68em;
  inline-size: 0.5em;
  block-size: 2px;
  background: var(--accent);
}
.prose ul.steps > li:only-child { padding: 0; }
.prose ul.steps > li:only-child::before { content: none; }
.either { margin-block-end: 0.5em; }
.prose + .either { margin-block-start: 0.6em; }

.situations { margin-block-start: 1.5em; }
.situations > .situation { margin-block-start: 1em; padding: 1.125em 1.25em 1.25em; border: 1px solid var(--line); border-radius: 0.75em; }
.situations > .situation > .when { margin-block-start: 0; font-size: 1.0625em; }
.situations > .situation h4 { margin-block-start: 1em; }

.question { margin-block-start: 0.5em; }
.choices { display: flex; flex-wrap: wrap; gap: 0.625em; margin-block: 1.125em 0.75em; }
.choices button { border-color: var(--accent); }
.chosen {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.25em 1.25em;
  min-block-size: 2.25em;
  padding-block-end: 0.375em;
}
.also { margin-block-start: 1.5em; }
.also ul { padding-inline-start: 1.25em; }

.closest { margin-block-start: 2em; padding-block-start: 1.75em; border-block-start: 1px solid var(--line); }
.closest h2 { font-size: 1.125em; letter-spacing: normal; }
.folded { border-block-end: 1px solid var(--line); }
.closest > .soft, .question > p:has(+ .folded) { margin-block: 0.3em 0.75em; }
.folded + .quiet { margin-block-start: 0.9em; }
summary {
  padding: 0.75em 0;
  min-block-size: 1.5em;
  cursor: pointer;
  font-weight: 550;
}
summary::marker { color: var(--accent); }
summary:hover { color: var(--accent); }
.folded[open] { padding-block-end: 1.5em; }
.folded > summary + .situation > :first-child { margin-block-start: 0.25em; }
.folded .recognised { margin-block-start: 0.75em; }

@container (max-width: 30em) {
  .diagnosis { padding: 1.25em; }
}

@media (forced-colors: active) {
  mark { border: 1px solid CanvasText; }
  .quiet { margin-inline: 0; }
  .sign, .privacy::before, .prose ul.steps > li::before { forced-color-adjust: none; --accent: CanvasText; --soft: CanvasText; }
}
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** One sheet for all elements of a page, made when the first one needs it: where there is no DOM there are no sheets. */
export function sharedSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
}
