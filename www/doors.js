// @ts-check
/**
 * The ways by which a text comes to the page without its box being touched: pasted or dropped anywhere, opened with the
 * installed page, or shared to it. Focus stays where it is.
 *
 * @typedef {import("./tag.js").ErrorDiagnoser} ErrorDiagnoser
 */

import { takeShared } from "./offline.js";

const EDITABLE = "input, textarea, select, [contenteditable]";

/** @param {ErrorDiagnoser} widget */
export function openDoors(widget) {
  document.addEventListener("paste", (event) => {
    const target = event.composedPath()[0];
    if (!event.defaultPrevented && !(target instanceof Element && target.closest(EDITABLE))) {
      take(widget, event, event.clipboardData);
    }
  });
  const drag = (/** @type {boolean} */ on) => document.documentElement.toggleAttribute("data-dragging", on);
  document.addEventListener("dragover", (event) => {
    const types = event.dataTransfer?.types ?? [];
    const target = event.composedPath()[0];
    if (types.includes("Files") || (types.includes("text/plain") && !(target instanceof Element && target.closest(EDITABLE)))) {
      event.preventDefault();
      drag(true);
    }
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) drag(false);
  });
  document.addEventListener("drop", (event) => {
    drag(false);
    const target = event.composedPath()[0];
    const isOwn = target instanceof Element && target.closest(EDITABLE) && !event.dataTransfer?.types.includes("Files");
    if (!event.defaultPrevented && !isOwn) take(widget, event, event.dataTransfer);
  });
  // Also where the box itself takes what was dropped.
  document.addEventListener("drop", () => drag(false), { capture: true });
  openLaunched(widget);
  if (location.hash === "#shared") {
    history.replaceState(null, "", location.pathname);
    void takeShared().then((shared) => {
      if (shared && shared.files.length > 0) void widget.read(shared.files);
      else if (shared?.text) widget.diagnose(shared.text);
    });
  }
}

/**
 * @param {ErrorDiagnoser} widget
 * @param {Event} event
 * @param {DataTransfer | null} data
 */
function take(widget, event, data) {
  const text = data?.getData("text/plain") ?? "";
  const files = [...(data?.files ?? [])];
  if (text === "" && files.length === 0) {
    return;
  }
  event.preventDefault();
  if (text !== "") widget.diagnose(text);
  else void widget.read(files);
}

/** Files that were opened with the installed page. @param {ErrorDiagnoser} widget */
function openLaunched(widget) {
  /** @typedef {{ setConsumer(use: (launched: { files: { getFile(): Promise<File> }[] }) => void): void }} LaunchQueue */
  const queue = /** @type {{ launchQueue?: LaunchQueue }} */ (/** @type {unknown} */ (globalThis)).launchQueue;
  queue?.setConsumer(({ files }) => {
    if (files.length > 0) void Promise.all(files.map((file) => file.getFile())).then((opened) => widget.read(opened));
  });
}
