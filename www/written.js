// @ts-check
/** Answers, reports and drafts as text: what the reader takes along. */

import { draftEntry } from "./draft.js";
import { answerText, reportText } from "./plain.js";

export { answerText, draftEntry, reportText };
