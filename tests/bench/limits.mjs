// What issue 4 wants, beside what was measured.

const MB = 1_000_000;

/** As a table: the limit, what was measured, whether it is met. `node` and `chromium` find points; see report.mjs. */
export function limits(node, chromium, sizes, number) {
  const rows = [];
  const check = (what, limit, value, unit, isMet) => {
    const known = typeof value === "number" && Number.isFinite(value);
    rows.push([what, limit, known ? `${number(value)} ${unit}` : "–", known ? (isMet(value) ? "yes" : "no") : "not measured"]);
  };
  const atLeast = (what, least, value, unit) => check(what, `≥ ${least} ${unit}`, value, unit, (it) => it >= least);
  const atMost = (what, most, value, unit) => check(what, `≤ ${most} ${unit}`, value, unit, (it) => it <= most);

  const speed = (who, entries) => node({ kind: "scan", who, entries, bytes: MB })?.mbps;
  for (const [entries, least] of [[1000, 70], [10_000, 50], [100_000, 30]]) {
    atLeast(`a log of 1 MB, ${number(entries)} messages`, least, speed("engine", entries), "MB/s");
  }
  for (const [entries, loop] of [[1000, 300], [10_000, 700]]) {
    for (const [who, name] of [["plainRegexps", "plain"], ["regexps", "tuned"]]) {
      atLeast(`against the ${name} RegExp loop, ${number(entries)} messages`, loop, speed("engine", entries) / speed(who, entries), "×");
    }
    for (const [who, name] of [["plainTokens", "plain"], ["tokens", "tuned"]]) {
      atLeast(`against the ${name} token index, ${number(entries)} messages`, 2, speed("engine", entries) / speed(who, entries), "×");
    }
  }
  const ready = (entries, of) => node({ kind: "load", who: "engine", entries })?.[of];
  for (const [entries, most] of [[1000, 10], [10_000, 100], [100_000, 1000]]) {
    // The first time the module's own code is still being compiled; a page only ever has a first time.
    atMost(`catalog ready, ${number(entries)} messages, the first time`, most, ready(entries, "first"), "ms");
    atMost(`catalog ready, ${number(entries)} messages, again`, most, ready(entries, "again"), "ms");
  }
  atMost("the same made ready by `build`, 100,000 messages, the first time", 150, ready(100_000, "ready")?.first, "ms");
  const paste = (who, entries) => node({ kind: "paste", who, entries, bytes: 1000 });
  atMost("a paste of 1 KB, our catalog (half of the time)", 0.3, paste("engine", null)?.p50, "ms");
  atMost("a paste of 1 KB, 10,000 messages (half of the time)", 2, paste("engine", 10_000)?.p50, "ms");
  for (const [name, entries] of [["our catalog", null], ["10,000 messages", 10_000]]) {
    atMost(`its p95 against MiniSearch's, ${name}`, 1, paste("engine", entries)?.p95 / paste("minisearch", entries)?.p95, "×");
  }
  const file = chromium({ kind: "file" });
  atMost("a big file in the browser: longest task", 50, file?.longest, "ms");
  atMost("a big file in the browser: cancelled within", 100, file?.cancel, "ms");
  const brotli = (name) => (sizes.find(({ file }) => file === name)?.brotli ?? NaN) / 1000;
  atMost("module and glue, brotli", 110, brotli("error_diagnoser_bg.wasm") + brotli("error_diagnoser.js"), "KB");
  const cold = (who, network) => chromium({ kind: "cold", who, network });
  atMost("everything for a first answer, brotli (without redaction and what puts answers into words, which no answer waits for)", 170, cold("engine", "local")?.brotli / 1000, "KB");
  for (const network of ["local", "10 Mbit/s, 40 ms"]) {
    atMost(`first answer against the MiniSearch page, ${network}`, 2, cold("engine", network)?.median / cold("minisearch", network)?.median, "×");
  }
  return { title: "The limits", note: "", head: ["What", "Limit", "Measured", "Met"], rows };
}
