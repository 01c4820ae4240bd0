// How things are timed, in Node and in the browser.

/** The value below which this part of the values lies. */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/**
 * Runs until the budget (in milliseconds) is used, at least `least` times; the first fifth of the budget, or one run, warms
 * up and does not count. What takes much longer than the budget is run once, and that run counts.
 */
export async function measure(run, { least = 3, budget = 1000, warm = true } = {}) {
  const timed = async () => {
    const from = performance.now();
    await run();
    return performance.now() - from;
  };
  const times = [];
  let spent = 0;
  if (warm) {
    while (spent < budget / 5) spent += await timed();
    if (spent > 3 * budget) return { median: spent, runs: 1 };
  }
  while (times.length < least || (spent < budget && times.length < 1000)) {
    times.push(await timed());
    spent += times.at(-1);
    // Enough is enough: no median of three where one run takes as long as all should.
    if (spent > 6 * budget) break;
  }
  return { median: quantile(times, 0.5), runs: times.length };
}

/** The first whole lines of a log, at most so many bytes but at least one line. */
export function linePrefix({ bytes, planted }, size) {
  if (size >= bytes.length) return { part: bytes, planted };
  const end = bytes.lastIndexOf(10, size - 1);
  const part = bytes.subarray(0, (end < 0 ? bytes.indexOf(10) : end) + 1);
  let lines = 0;
  for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines += 1;
  return { part, planted: planted.subarray(0, lines) };
}
