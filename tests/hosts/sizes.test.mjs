// What the tag costs a portal, against two search boxes that portals use; the table is printed, the promises are kept.

import assert from "node:assert/strict";
import { test } from "node:test";

import { measure, table } from "./sizes.mjs";

test("sizes over the wire", async (context) => {
  const results = await measure();
  for (const line of table(results).split("\n")) context.diagnostic(line);
  const { tag, answer } = results["error-diagnoser"];
  assert.equal(tag.requests, 1);
  assert.ok(tag.bytes < 8000, `${tag.bytes} bytes for a tag that nobody uses`);
  assert.equal(answer.requests, 0, "an answer asks nobody");
  for (const other of ["Pagefind, component UI", "DocSearch"]) {
    assert.ok(results[other].tag.bytes > 0, `${other} was measured`);
    assert.ok(tag.bytes < results[other].tag.bytes, `${other} is lighter on the page`);
  }
});
