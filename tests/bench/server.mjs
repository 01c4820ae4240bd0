// The server of the browser's measurements: both pages, with the same headers and the same compression.

import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".edc": "application/octet-stream",
};

/** Where paths lead; the first that fits. */
const FOLDERS = [
  ["/bench/modules/", join(here, "node_modules")],
  ["/bench/", here],
  ["/", join(here, "../../dist")],
];

/**
 * Serves until stopped. `add` puts a file there that is nowhere on disk; `asked` is what was asked for, with the bytes that
 * went over the network.
 */
export async function serve() {
  const asked = [];
  const added = new Map();
  const packed = new Map();
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const file = onDisk(path);
    const raw = added.get(path) ?? (existsSync(file) ? readFileSync(file) : undefined);
    if (raw === undefined) {
      response.writeHead(404).end();
      return;
    }
    // Compressed once, as a static host does; what is made for measuring goes as it is.
    if (!packed.has(path)) packed.set(path, added.has(path) ? raw : brotliCompressSync(raw));
    const body = packed.get(path);
    asked.push({ path, raw: raw.length, sent: body.length });
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-length": body.length,
      "cache-control": "max-age=3600",
      ...(added.has(path) ? {} : { "content-encoding": "br" }),
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    add: (path, bytes) => added.set(path, bytes),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function onDisk(path) {
  const [prefix, folder] = FOLDERS.find(([prefix]) => path.startsWith(prefix));
  // A URL's path cannot climb: the parser of addresses has removed every "..".
  return join(folder, path.slice(prefix.length).replace(/(^|\/)$/, "$1index.html"));
}
