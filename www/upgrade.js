// @ts-check
/**
 * Where articles may hold no elements but HTML's own, `<div data-error-diagnoser data-lang="nl">` stands for
 * `<error-diagnoser lang="nl">`, which is put into it; parts of it with `data-slot` go along.
 */

const PLACE = "[data-error-diagnoser]:not(:has(> error-diagnoser))";

export function startUpgrades() {
  upgrade();
  // Pages that navigate without loading bring others.
  new MutationObserver(upgrade).observe(document, { childList: true, subtree: true });
}

function upgrade() {
  for (const place of document.querySelectorAll(PLACE)) {
    const element = document.createElement("error-diagnoser");
    for (const { name, value } of place.attributes) {
      if (name.startsWith("data-") && name !== "data-error-diagnoser") element.setAttribute(name.slice(5), value);
    }
    for (const part of place.querySelectorAll("[data-slot]")) {
      part.slot = part.getAttribute("data-slot") ?? "";
      element.append(part);
    }
    place.replaceChildren(element);
  }
}
