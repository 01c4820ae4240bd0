/*
 * The page's worker: the page without a network.
 *
 * `build` writes the list of files with the hash of each into FILES. They are kept by that hash, so a file that did not
 * change is not fetched again and a file that is not what the list says is never used. A release is installed whole or
 * not at all, and waits until no page uses the earlier one or the reader asks for it. An empty list is the way out: such
 * a worker empties the cache, unregisters itself and leaves everything to the network, whatever release came before it.
 */
"use strict";

const FILES = {};

const CACHE = "error-diagnoser";

/** What was shared to the page, until the page asks for it. Kept nowhere else. */
let shared = null;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const path = own(request.url);
  if (request.method === "POST" && path === "share") {
    event.respondWith(share(request));
  } else if (request.method === "GET" && Object.hasOwn(FILES, path)) {
    event.respondWith(answer(request, path));
  }
});
addEventListener("message", ({ data, ports }) => {
  if (data === "use") {
    skipWaiting();
  } else if (data === "shared") {
    ports[0]?.postMessage(shared);
    shared = null;
  }
});

async function install() {
  if (Object.keys(FILES).length === 0) {
    await skipWaiting();
    return;
  }
  const cache = await caches.open(CACHE);
  await Promise.all(Object.entries(FILES).map(([path, hash]) => keep(cache, path, hash)));
}

async function keep(cache, path, hash) {
  const key = kept(path, hash);
  if (await cache.match(key)) {
    return;
  }
  const response = await fetch(new URL(path, registration.scope), { cache: "no-cache", credentials: "omit" });
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!response.ok || found !== hash) {
    throw new Error(`${path} is not the file of this release`);
  }
  // Made anew, because a response that remembers a redirect or another address may not answer for the page itself.
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  await cache.put(key, new Response(bytes, { headers }));
}

async function activate() {
  if (Object.keys(FILES).length === 0) {
    await caches.delete(CACHE);
    await registration.unregister();
    return;
  }
  const cache = await caches.open(CACHE);
  const wanted = new Set(Object.entries(FILES).map(([path, hash]) => kept(path, hash).href));
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url)) await cache.delete(request);
  }
}

async function answer(request, path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(kept(path, FILES[path]))) ?? fetch(request);
}

async function share(request) {
  const data = await request.formData();
  const text = ["title", "text", "url"].map((name) => data.get(name)).filter((part) => typeof part === "string" && part !== "");
  shared = { text: text.join("\n"), files: data.getAll("files").filter((part) => part instanceof File && part.size > 0) };
  return Response.redirect(new URL("./#shared", registration.scope), 303);
}

/** The path within the site, without what stands behind it; the page itself has a name. */
function own(address) {
  const { origin, pathname } = new URL(address);
  const scope = new URL(registration.scope);
  if (origin !== scope.origin || !pathname.startsWith(scope.pathname)) {
    return null;
  }
  return pathname.slice(scope.pathname.length) || "index.html";
}

/** Where a file is kept: by what is in it. The path is there so that equal files keep their own type. */
function kept(path, hash) {
  return new URL(`kept/${hash}/${path}`, registration.scope);
}
