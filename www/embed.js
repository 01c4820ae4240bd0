// @ts-check
/**
 * For the page around a frame with embed.html: gives the frame the height that it asks for. Only a message of that very
 * frame counts, from the address that it was given, and only a number is read of it.
 */

/** Pixels; a frame that asks for more is wrong. */
const TALLEST = 20_000;

addEventListener("message", ({ origin, source, data }) => {
  const height = Number(data?.errorDiagnoserHeight);
  if (!(height > 0 && height <= TALLEST)) {
    return;
  }
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source && new URL(frame.src).origin === origin && /\/embed\.html$/.test(new URL(frame.src).pathname)) {
      frame.style.height = `${Math.ceil(height)}px`;
    }
  }
});
