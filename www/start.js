// @ts-check
/**
 * Begins to load what the first answer needs while the page's own script is still on its way, and before anything is painted:
 * that takes as long as to load it. What cannot be loaded the element says, when it asks for it again.
 */

import "./choices.js";
import { load } from "./engine.js";
import { loadTexts } from "./texts.js";

load().catch(() => undefined);
loadTexts(document.documentElement.lang).catch(() => undefined);
