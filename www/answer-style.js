// @ts-check
/** How answers look, and the ways on from them; see element-style.js. */
export const ANSWER_STYLE = `
/* A diagnosis. */
.count {
  display: flex;
  align-items: center;
  min-block-size: 2.25em;
  padding-block-end: 0.375em;
  font-weight: 650;
}
.diagnosis {
  padding: 1.75em;
  border: 1px solid var(--line);
  border-radius: var(--error-diagnoser-radius, 1em);
  background: var(--paper);
}
.unreviewed {
  margin-block: 0.5em 0;
  color: var(--soft);
  font-size: 0.9375em;
}
.diagnosis + .diagnosis, .diagnosis + .report { margin-block-start: 1.25em; }
.diagnosis h2:focus-visible { outline-offset: 0.3em; }

/* The number of one of several answers, the same in the list, on the card and in the text. */
.number {
  display: inline-grid;
  place-content: center;
  flex: none;
  min-inline-size: 1.6em;
  block-size: 1.6em;
  padding-inline: 0.3em;
  border: 1px solid var(--accent);
  border-radius: 0.8em;
  background: var(--paper);
  color: var(--accent);
  font: 650 0.8125em/1 var(--sans);
}
h2 .number { margin-inline-end: 0.6em; vertical-align: 0.2em; font-size: 0.625em; }
.jumps { margin-block-end: 1.25em; }
.jumps ol { display: grid; gap: 0.25em; list-style: none; }
.jump {
  display: flex;
  align-items: baseline;
  gap: 0.75em;
  inline-size: 100%;
  min-block-size: 2.25em;
  padding: 0.3em 0.5em;
  margin-inline-start: -0.5em;
  border-color: transparent;
  background: transparent;
}
.jump .times { margin-inline-start: auto; color: var(--soft); font-weight: 400; white-space: nowrap; }
.jump.lit, .diagnosis.lit { border-color: var(--accent); }

.feedback {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.625em 1em;
  margin-block-start: 1.75em;
  padding-block-start: 1.25em;
  border-block-start: 1px solid var(--line);
}
.feedback.end { display: grid; justify-items: start; }
.feedback > span { font-weight: 650; }
.feedback button:not(.quiet) { min-block-size: 2.375em; padding-block: 0.25em; }
.other { margin-block-start: 1.75em; padding-block-start: 1.5em; border-block-start: 1px solid var(--line); }
.other .title { font-size: 1.25em; }
.more { margin-block-start: 1em; }
.more summary, .report > summary, .draft > summary { padding-block: 0.4em; font-size: 0.9375em; }
.why > :not(summary), .take > :not(summary) { margin-inline-start: 1.125em; max-inline-size: 40em; }
.why p + p, .why .missing, .why .missing + p { margin-block-start: 0.5em; }
.why, .missing { font-size: 0.9375em; }
.why[open], .take[open] { padding-block-end: 0.75em; }
.why summary { font-size: 1em; }
.missing { margin-block-start: 0.75em; }
.missing ul { display: grid; gap: 0.3em; margin-block-start: 0.3em; padding-inline-start: 1.25em; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5em; margin-block: 0.4em 0.6em; }
.buttons button, .copy { min-block-size: 2.375em; padding: 0.25em 0.875em; font-size: 0.9375em; }
.take .soft { font-size: 0.875em; }
.nothing h3 { margin-block: 1.75em 0.35em; }
.nothing details { margin-block-start: 0.75em; }
pre {
  margin: 0.6em 0;
  padding: 0.875em 1.125em;
  max-block-size: 22em;
  overflow: auto;
  border: 1px solid var(--line);
  border-radius: 0.5em;
  background: var(--wash);
  font: 0.875em/1.6 var(--mono);
  white-space: pre-wrap;
}
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
.find { margin-block-start: 0.3em; font-size: 0.875em; }
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
.prose .steps { display: grid; gap: 0.75em; padding: 0; list-style: none; }
.prose .steps > li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.25em 0.875em; align-items: start; margin: 0; }
.prose > .steps:first-child { margin-block-start: 0.6em; }
/* The box to tick carries the number of the step, the letter of the way out, or nothing. */
.steps input {
  appearance: none;
  display: grid;
  place-content: center;
  margin: 0;
  inline-size: 1.75em;
  block-size: 1.75em;
  border: 1px solid var(--accent);
  border-radius: 0.4em;
  background: var(--paper);
  color: var(--accent);
  font: 650 0.9375em/1 var(--sans);
  cursor: pointer;
}
ol.steps:not(.choice) input { border-radius: 50%; }
.steps input::before { content: attr(data-mark); }
.steps input:hover { background: var(--tint); }
.steps input:checked { background: var(--accent); color: var(--on-accent); }
.steps input:checked::before {
  content: "";
  inline-size: 0.75em;
  block-size: 0.4em;
  margin-block-start: -0.2em;
  border: solid currentColor;
  border-width: 0 0 0.16em 0.16em;
  rotate: -45deg;
}
.steps li:has(:checked) > div { color: var(--soft); }
.either { margin-block-end: 0.5em; }
.prose + .either { margin-block-start: 0.6em; }

.situations { margin-block-start: 1.5em; }
.situations > .situation { margin-block-start: 1em; padding: 1.125em 1.25em 1.25em; border: 1px solid var(--line); border-radius: 0.75em; }
.situations > .situation > .when { margin-block-start: 0; font-size: 1.0625em; }
.situations > .situation h4 { margin-block-start: 1em; }

.question { margin-block-start: 0.5em; }
.choices { display: flex; flex-wrap: wrap; gap: 0.625em; margin-block: 1.125em 0.75em; }
.choices button { border-color: var(--accent); }
.choices.stacked { flex-direction: column; align-items: stretch; max-inline-size: 36em; }
.situations.question h3 { margin: 0; }
.situation > .chosen { margin-block-start: 1.25em; padding: 0; }
.situation > .chosen + h3 { margin-block-start: 0.75em; }
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
`;
