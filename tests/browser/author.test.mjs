// The authors' module against the command: the same pages compile to the same catalog.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { dist, run, source } from "./harness.mjs";

let compile;

before(async () => {
  run(["build"]);
  const glue = await import(pathToFileURL(join(dist, "error_diagnoser_author.js")).href);
  const module = await WebAssembly.compile(await readFile(join(dist, "error_diagnoser_author_bg.wasm")));
  await glue.default({ module_or_path: module });
  ({ compile } = glue);
});

test("it compiles our pages to what build writes", async () => {
  const folder = join(source, "catalog");
  const names = (await readdir(folder, { recursive: true })).filter((name) => /^\w+[/\\]\w+\.md$/.test(name)).sort();
  assert.ok(names.length >= 8, `pages of two products in four languages, not ${names}`);
  const pages = await Promise.all(names.map(async (path) => ({ path, text: await readFile(join(folder, path), "utf8") })));
  const { catalog, problems } = compile(pages);
  assert.deepEqual(problems, []);
  assert.deepEqual(catalog, JSON.parse(await readFile(join(dist, "catalog.json"), "utf8")));
});

test("what is wrong with a page is said by line, and the rest is kept", () => {
  const text = "# Shop\n\n## Sold out\n\n**Error**: Item {sku} is sold out\n\n**Cause**: [More](javascript:alert(1)) is gone.\n";
  const { catalog, problems } = compile([{ path: "shop.md", text }]);
  assert.equal(catalog.entries[0].id, "shop/sold-out");
  const problem = problems.find(({ line }) => line === 7);
  assert.ok(problem, JSON.stringify(problems));
  assert.deepEqual(Object.keys(problem).sort(), ["code", "column", "help", "line", "path", "severity", "what"]);
});

test("pages of another type are refused with a sentence", () => {
  assert.throws(() => compile([{ path: "a.md", text: 1 }]), /the pages:/);
  assert.deepEqual(compile([]).catalog.entries, []);
});
