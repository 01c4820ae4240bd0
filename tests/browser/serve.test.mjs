// What `serve` sends, and what it refuses.

import assert from "node:assert/strict";
import { createServer, connect } from "node:net";
import { homedir } from "node:os";
import { after, before, test } from "node:test";

import { serve, source } from "./harness.mjs";

let site;
before(async () => (site = await serve("--port", "0")));
after(() => site?.stop());

const TYPES = {
  "": "text/html",
  "engine.js": "text/javascript",
  "error_diagnoser.js": "text/javascript",
  "error_diagnoser_bg.wasm": "application/wasm",
  "catalog.json": "application/json",
  "samples.json": "application/json",
  "style.css": "text/css",
};

test("every file has its type and the careful headers", async () => {
  for (const [path, type] of Object.entries(TYPES)) {
    const response = await fetch(new URL(path, site.url));
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get("content-type").split(";")[0], type, path);
    careful(response, path);
    assert.ok((await response.arrayBuffer()).byteLength > 0, path);
  }
});

test("what is not there is a 404, with the same headers", async () => {
  const response = await fetch(new URL("no/such/file.js", site.url));
  assert.equal(response.status, 404);
  careful(response, "no/such/file.js");
});

function careful(response, path) {
  const policy = response.headers.get("content-security-policy") ?? "";
  for (const directive of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'"]) {
    assert.ok(policy.split("; ").includes(directive), `${path}: ${directive} in ${policy}`);
  }
  assert.ok(!policy.includes("'unsafe-"), policy);
  assert.equal(response.headers.get("x-content-type-options"), "nosniff", path);
  assert.equal(response.headers.get("referrer-policy"), "no-referrer", path);
  assert.equal(response.headers.get("cross-origin-opener-policy"), "same-origin", path);
}

test("nothing outside its folder is served", async () => {
  for (const path of ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/..%2fCargo.toml", "/i18n/../../Cargo.toml", "//etc/passwd"]) {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 4\d\d /, path);
    assert.ok(!answer.includes("[package]") && !answer.includes("root:"), path);
  }
});

test("the module names no folder of the machine that made it", async () => {
  const module = Buffer.from(await (await fetch(new URL("error_diagnoser_bg.wasm", site.url))).arrayBuffer());
  for (const folder of [homedir(), source, "registry/src"]) {
    assert.ok(!module.includes(folder), folder);
  }
});

test("it only reads", async () => {
  const response = await fetch(site.url, { method: "POST", body: "x" });
  assert.equal(response.status, 405);
});

/** The answer to a request that fetch would tidy up first. */
function raw(request) {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(new URL(site.url).port), "127.0.0.1", () => socket.write(request));
    socket.on("data", (data) => (answer += data));
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

test("--host-check refuses other names for this machine", async () => {
  const open = site;
  const checked = await serve("--port", "0", "--host-check");
  try {
    site = checked;
    const ask = (host) => raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    assert.match(await ask("evil.example"), /^HTTP\/1\.1 421 /);
    assert.match(await ask("127.0.0.1.evil.example:80"), /^HTTP\/1\.1 421 /);
    assert.match(await ask("localhost"), /^HTTP\/1\.1 200 /);
    assert.match(await ask(new URL(checked.url).host), /^HTTP\/1\.1 200 /);
  } finally {
    site = open;
    await checked.stop();
  }
});

test("Ctrl-C ends it cleanly, connections open or not", async () => {
  const other = await serve("--port", "0");
  const idle = connect(Number(new URL(other.url).port), "127.0.0.1");
  await new Promise((resolve) => idle.once("connect", resolve));
  idle.on("error", () => {});
  assert.equal(await other.stop(), 0);
  assert.match(other.said(), /Stopped\.\n$/);
});

test("a usual port in use is said, and the next free one taken", async () => {
  const blocker = createServer();
  // Somebody else may have it already; that serves as well.
  await new Promise((resolve) => blocker.once("error", resolve).listen(8000, "127.0.0.1", resolve));
  const other = await serve();
  try {
    const { port } = new URL(other.url);
    assert.notEqual(port, "8000");
    assert.match(other.said(), new RegExp(`^Port 8000 is in use, taking ${port}\\.$`, "m"));
  } finally {
    await other.stop();
    blocker.close();
  }
});
