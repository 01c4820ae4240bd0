// A portal in TypeScript: what a user of the package writes, and what must not compile. package.test.mjs compiles it.

import "error-diagnoser";
import { ErrorDiagnoser, type CatalogSource, type ErrorDiagnoserAttributes } from "error-diagnoser";
import { load, LoadError, type Diagnosis } from "error-diagnoser/engine.js";

const element = document.createElement("error-diagnoser");
const same: ErrorDiagnoser = element;
element.layout = "compact";
element.maxResults = 3;
element.htmlFor = "ticket";
const layers: CatalogSource[] = ["builtin", new URL("https://help.example/catalog.json"), { format: 1, hidden: ["itsmc/x"] }];
element.catalog = layers;
element.addressOf = (entry) => `https://help.example/#${entry}`;
element.addEventListener("diagnosis", ({ detail }) => {
  const [first] = detail.diagnoses;
  const sure: "certain" | "likely" | undefined = first?.confidence;
  console.log(sure, first?.entry.length, detail.text?.length);
});
element.addEventListener("catalog-error", (event) => console.log(event.detail.status + 1, event.detail.url));
element.addEventListener("click", (event) => event.preventDefault());
const report = await same.diagnose("text");
const titles: string[] = report?.diagnoses.map(({ title }: Diagnosis) => title) ?? [];
const attributes: ErrorDiagnoserAttributes = { "max-results": 2, theme: "dark" };

const diagnoser = await load({ catalog: "/catalog.json" });
const entries: { id: string }[] = diagnoser.entries("nl");
try {
  diagnoser.diagnose("text", { lang: "nl", app: "Okta" });
} catch (error) {
  if (error instanceof LoadError && error.code === "csp") console.log(error.problems.join());
}

// @ts-expect-error there is no such layout
element.layout = "narrow";
// @ts-expect-error a text is needed
element.diagnose();
// @ts-expect-error it cannot be set
element.isEmpty = true;
// @ts-expect-error events tell entries, not the paste
element.addEventListener("solved", ({ detail }) => detail.text);

export { attributes, entries, titles };
