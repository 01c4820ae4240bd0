// A long text in slices gives the answer of one look, whatever it comes as; and it can be stopped.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { dist, run } from "./harness.mjs";

const CONNECTOR = "Could not create/update work item for alert {}. ITSM Connector 7f3c does not exist or was deleted.";
/** A megabyte and more, with messages wrapped over lines, characters of every length, and several errors. */
const LOG = Array.from({ length: 16_000 }, (_, number) => {
  if (number % 500 === 0) return `${number} ERROR ${CONNECTOR.replace("{}", `cpu-${number}-ü😀`)}\r\n`;
  if (number % 777 === 0) return `${number} WARN Okta: HttpRequestFailure: Server returned:\n 404 Not Found\n`;
  return `${number} INFO 안녕하세요, all is well with request ${number} of the day\n`;
}).join("");

let diagnoser;

before(async () => {
  run(["build"]);
  const { load } = await import(pathToFileURL(join(dist, "engine.js")).href);
  diagnoser = await load({ catalog: JSON.parse(readFileSync(join(dist, "catalog.json"), "utf8")) });
});

const SOURCES = {
  "a string": (text) => text,
  "a file": (text) => new Blob([text]),
  "a file with a mark": (text) => new Blob(["\ufeff", text]),
  "a file in UTF-16": (text) => new Blob(["\ufeff", text].map((part) => Buffer.from(part, "utf16le"))),
  "a gzip": (text) => new Blob([gzipSync(text)]),
  "a stream of small pieces": (text) => {
    const bytes = new TextEncoder().encode(text);
    let at = 0;
    return new ReadableStream({
      pull(controller) {
        if (at >= bytes.length) controller.close();
        else controller.enqueue(bytes.subarray(at, (at += 9973)));
      },
    });
  },
};

for (const [name, make] of Object.entries(SOURCES)) {
  test(`the same answer from ${name}`, async () => {
    for (const text of [LOG, CONNECTOR, "", "x"]) {
      const options = { lang: "nl", maxLines: 5, explain: true, excerpts: true };
      const report = await diagnoser.scan(make(text), options);
      assert.deepEqual(report, diagnoser.diagnose(text, options));
    }
    const [first, second] = diagnoser.diagnose(LOG).diagnoses;
    assert.deepEqual([first.count, second.count], [32, 20]);
  });
}

test("progress counts up to all of it", async () => {
  const told = [];
  await diagnoser.scan(new Blob([LOG.repeat(4)]), { onprogress: (progress) => told.push(progress) });
  assert.ok(told.length > 1);
  for (const [nth, { bytes, lines, found, share }] of told.entries()) {
    const before = told[nth - 1] ?? { bytes: 0, lines: 0, found: 0, share: 0 };
    assert.ok(bytes >= before.bytes && lines >= before.lines && found >= before.found && share >= before.share && share <= 1);
  }
  const { bytes, lines, share } = told.at(-1);
  assert.deepEqual([bytes, lines, share], [new TextEncoder().encode(LOG).length * 4, LOG.split("\n").length * 4 - 4, 1]);
});

test("a signal stops it, before and on the way, and the next scan works", async () => {
  await assert.rejects(diagnoser.scan("x", { signal: AbortSignal.abort("before") }), (reason) => reason === "before");
  const stop = new AbortController();
  const source = new Blob([LOG.repeat(8)]);
  let seen = 0;
  const onprogress = ({ bytes }) => {
    seen = bytes;
    stop.abort(new Error("on the way"));
  };
  await assert.rejects(diagnoser.scan(source, { signal: stop.signal, onprogress }), /on the way/);
  assert.ok(seen > 0 && seen < source.size);
  assert.equal((await diagnoser.scan(CONNECTOR)).diagnoses[0].entry, "itsmc/missing-connector");
});

test("a source that cannot be read is an error, not an answer", async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("the disk is gone")) });
  await assert.rejects(diagnoser.scan(broken), /the disk is gone/);
  await assert.rejects(diagnoser.scan(new Blob([gzipSync(LOG).subarray(0, 5000)])));
});
