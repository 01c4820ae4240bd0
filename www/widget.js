// @ts-check
/** Defines `<error-diagnoser>`, and puts one wherever a page could not. Loading this module is all that a page has to do. */

import { ErrorDiagnoser } from "./tag.js";
import { startUpgrades } from "./upgrade.js";

// Two copies of this script on a page are no error, and neither is loading it where there is no DOM.
if (globalThis.customElements && !customElements.get("error-diagnoser")) {
  customElements.define("error-diagnoser", ErrorDiagnoser);
  startUpgrades();
}

export { ErrorDiagnoser };
