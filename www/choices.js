// @ts-check
/**
 * The two things that the page remembers: language and appearance. Nothing else is ever stored.
 *
 * Loaded before the first paint, so that a dark page does not flash white and a Korean one does not flash English.
 */

import { pickLanguage } from "./language.js";

const PREFIX = "error-diagnoser.";
const THEMES = ["auto", "light", "dark"];

/**
 * @param {"language" | "theme"} name
 * @returns {string} empty when nothing is remembered, or when storage is blocked, which is the reader's right
 */
export function remembered(name) {
  try {
    return localStorage.getItem(PREFIX + name) ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {"language" | "theme"} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Blocked storage: the choice holds for this visit.
  }
}

/** @param {string} theme */
export function applyTheme(theme) {
  document.documentElement.dataset.theme = THEMES.includes(theme) ? theme : "auto";
}

applyTheme(remembered("theme"));

const root = document.documentElement;
const written = root.lang;
root.lang = pickLanguage([remembered("language"), ...navigator.languages]);
// style.css hides the texts of the page until they are in this language.
root.toggleAttribute("data-waiting", root.lang !== written);
