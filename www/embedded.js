// @ts-check
/**
 * The element alone in a frame (embed.html), for pages that allow frames and nothing else. Its settings stand behind the
 * `#` of its address; the catalog does not, because an address can come from anyone. It tells the page around it its
 * height, and nothing else, and reads no messages.
 */

import "./widget.js";

const SETTINGS = ["lang", "app", "product", "theme", "layout", "max-results", "entry"];

const element = document.querySelector("error-diagnoser");

function apply() {
  const asked = new URLSearchParams(location.hash.slice(1));
  for (const name of SETTINGS) {
    const value = asked.get(name);
    if (value) element?.setAttribute(name, value);
    else element?.removeAttribute(name);
  }
  document.documentElement.lang = asked.get("lang") || "en";
  // Without a wish of the page's own, the browser's languages decide.
  if (!asked.get("lang")) element?.setAttribute("lang", navigator.language);
}

/** The page that holds this one. It is told to nobody else. */
function parentOrigin() {
  const ancestors = location.ancestorOrigins;
  if (ancestors?.[0]) return ancestors[0];
  try {
    return new URL(document.referrer).origin;
  } catch {
    return null;
  }
}

const origin = parentOrigin();
if (parent !== window && origin && origin !== "null") {
  const main = document.querySelector("main");
  const tell = () => {
    const { height, top } = document.body.getBoundingClientRect();
    parent.postMessage({ errorDiagnoserHeight: Math.ceil(height + top + scrollY) }, origin);
  };
  if (main) new ResizeObserver(tell).observe(main);
}

apply();
addEventListener("hashchange", apply);
