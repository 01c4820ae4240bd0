// @ts-check
/**
 * How the element looks before it is used: the box, and what is said while the rest is loaded. A string, because a style
 * sheet made in script is the one way to style a shadow root that works under a portal's `style-src` and costs no request.
 *
 * Sizes are in em of the text around, so that the element fits a page whatever its root font size is. Colours that begin
 * with `--error-diagnoser-` are for the page to set; `light-dark()` follows the page's `color-scheme`.
 */
const STYLE = `
:host {
  /* Important, because a page that resets everything would win otherwise. */
  display: block !important;
  box-sizing: border-box;
  float: none !important;
  /* Its own width says nothing of what is in it, so wherever width follows content it has to ask for some. */
  flex: 1 1 auto;
  align-self: stretch;
  justify-self: stretch;
  min-inline-size: min(18em, 100vi);
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
  border-radius: var(--error-diagnoser-radius, 1em);
  background: var(--error-diagnoser-ground, light-dark(#f7f9f8, #0f1315));
}

*, *::before, *::after { box-sizing: border-box; }

.root {
  /* Nothing of how the page around writes, but its size, its direction and whether it shows this at all. */
  all: initial;
  display: block;
  color-scheme: inherit;
  /* As the text around, within what can be read: pages set it to 10 pixels, or by accident to 200. */
  font-size: var(--error-diagnoser-size, clamp(13px, 1em, 40px));
  visibility: inherit;
  pointer-events: inherit;
  container-type: inline-size;
  color: var(--ink);
  font-family: var(--sans);
  line-height: 1.6;
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
    column-gap: 3em;
  }
  .layout { grid-template-rows: auto auto 1fr; }
  .field { grid-area: 1 / 1; }
  .marked { grid-area: 2 / 1; }
  .aside { grid-area: 2 / 1; }
  .aside.last { grid-area: 4 / 1 / auto / -1; }
  .answer { grid-area: 1 / 2 / span 3; }
  /* What is no card begins where the text in the box does. */
  .empty, .nothing, .failure, .loading, .reading { padding-block-start: 3.25em; }
}
/* Where there is little room, or the page has a field of its own: one column, and nothing but the answer. */
:host(:is([for], [layout="compact"])) .layout { display: block; }
:host(:is([for], [layout="compact"])) .answer { min-block-size: 0; }
:host(:is([for], [layout="compact"])) .answer > * { padding-block-start: 0.75em; }
:host([layout="compact"]) textarea { min-block-size: 6em; }
:host(:is([for], [layout="compact"])) :is(.empty, .aside) { display: none; }

.row {
  display: flex;
  align-items: center;
  flex-wrap: wrap;
  justify-content: space-between;
  gap: 0 1em;
  min-block-size: 2.25em;
  padding-block-end: 0.375em;
  /* Rather on a line of its own than broken inside a word. */
  overflow-wrap: normal;
}
.row label { font-weight: 650; }
.ways { display: flex; gap: 1em; margin-inline-start: auto; font-size: 0.9375em; }
.ways > :last-child { margin-inline-end: 0; }
[hidden], .aside:empty { display: none !important; }
.held {
  display: grid;
  gap: 0.25em;
  align-content: center;
  min-block-size: 13em;
  padding: 1em 1.125em;
  border: 1px dashed var(--edge);
  border-radius: var(--error-diagnoser-radius, 0.75em);
  background: var(--paper);
}
textarea {
  display: block;
  inline-size: 100%;
  min-block-size: 13em;
  max-block-size: min(34em, 60vh);
  field-sizing: content;
  padding: 1em 1.125em;
  border: 1px solid var(--edge);
  border-radius: var(--error-diagnoser-radius, 0.75em);
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
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** One sheet for all elements of a page, made when the first one needs it: where there is no DOM there are no sheets. */
export function firstSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
}
