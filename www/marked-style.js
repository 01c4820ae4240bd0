// @ts-check
/** How the marked text looks, and how an answer looks on paper; see element-style.js. */
export const MARKED_STYLE = `
.marked h2 { margin-block-end: 0.5em; font-size: 1em; letter-spacing: normal; }
.text {
  max-block-size: 26em;
  overflow: auto;
  border: 1px solid var(--line);
  border-radius: 0.75em;
  background: var(--paper);
}
.lines { display: grid; grid-template-columns: auto minmax(0, 1fr); padding-block: 0.75em; font: 0.875em/1.75 var(--mono); }
.line { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; }
.line .at {
  padding-inline: 1em 0.875em;
  color: var(--soft);
  font-variant-numeric: tabular-nums;
  text-align: end;
  user-select: none;
}
.line .code { padding-inline-end: 1em; white-space: pre-wrap; word-break: normal; }
.unknown, .left-out { color: var(--soft); }
.left-out { font-family: var(--sans); font-size: 0.9375em; }
/* What it is shows in the line below as well as in the colour: whole under a message, boxed a value, dotted an app. */
.marked mark { padding: 0.1em 0; }
.marked mark[data-kind="literal"] { border-block-end: 2px solid var(--accent); border-radius: 0; background: var(--tint); }
.marked mark[data-kind="value"] {
  padding-inline: 0.2em;
  border: 1px solid var(--accent);
  border-radius: 0.25em;
  background: var(--paper);
  font-weight: 650;
}
.marked mark[data-kind="app"] { border-block-end: 2px dotted var(--accent); border-radius: 0; background: none; }
.marked mark.lit { background: var(--accent); color: var(--on-accent); }
.line .number { margin-inline-end: 0.4em; font-size: 0.8em; }
button.number { min-block-size: 0; min-inline-size: 24px; block-size: 24px; padding: 0 0.3em; }
.number.lit, .number:hover { background: var(--accent); color: var(--on-accent); }
.number.again { border-style: dashed; }
.gap {
  grid-column: 1 / -1;
  justify-self: start;
  min-block-size: 24px;
  margin: 0.25em 1em;
  padding: 0 0.75em;
  border: 1px dashed var(--line);
  color: var(--soft);
  font: 400 0.9375em/1.6 var(--sans);
}
p.gap { padding-block: 0; }
.gap::before { content: "\\22EF"; margin-inline-end: 0.6em; }
.legend {
  display: flex;
  flex-wrap: wrap;
  gap: 0.25em 1.25em;
  margin-block-start: 0.625em;
  list-style: none;
  font-size: 0.875em;
}
.legend mark { padding-inline: 0.2em; }
.strips { display: grid; gap: 0.25em; margin-block-end: 0.75em; list-style: none; }
.strips li { display: flex; align-items: center; gap: 0.625em; min-block-size: 1.75em; }
.track {
  position: relative;
  flex: 1;
  block-size: 1.25em;
  border: 1px solid var(--line);
  border-radius: 0.25em;
  background: var(--paper);
  cursor: pointer;
}
.track.still { cursor: default; }
.tick {
  position: absolute;
  inset-block: 1px;
  inset-inline-start: calc(var(--at) * (100% - 3px));
  inline-size: 3px;
  border-radius: 1px;
  background: var(--accent);
}
.strips .times { color: var(--soft); font-size: 0.875em; white-space: nowrap; }
.step { min-block-size: 1.75em; min-inline-size: 1.75em; padding: 0; border-color: var(--line); text-align: center; }
.line.here .code { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (prefers-reduced-motion: no-preference) {
  .line.here .code { animation: here 2s forwards; }
  @keyframes here { to { outline-color: transparent; } }
}

@media print {
  .field, .marked, .aside, .jumps, .feedback, .take, .report, .draft, .quiet, .choices { display: none !important; }
  .layout { display: block; }
  .diagnosis { border: 0; padding: 0; break-inside: auto; }
  .recognised, li, h2, h3 { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  a[href]::after { content: " (" attr(href) ")"; overflow-wrap: anywhere; }
  .external, .unseen { display: none; }
}
`;
