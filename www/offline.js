// @ts-check
/**
 * The page without a network: starts its worker (sw.js), and says when a newer version waits. Nothing is ever reloaded
 * unless the reader asks for it.
 */

/** Where workers run, and where this page has one: a single file from disk needs none. */
const workers = location.protocol === "file:" ? undefined : navigator.serviceWorker;

/**
 * @param {(use: () => void) => void} onupdate told when a newer version waits, with the way to use it
 */
export async function startOffline(onupdate) {
  if (!workers) {
    return;
  }
  /** @type {ServiceWorkerRegistration | undefined} */
  let registration;
  try {
    registration = await workers.register(trusted(new URL("./sw.js", document.baseURI).href), { updateViaCache: "none" });
  } catch {
    // Blocked by the browser or the host: the page works as long as there is a network.
    return;
  }
  const offer = () => {
    const { waiting } = registration;
    if (waiting && workers.controller) {
      onupdate(() => {
        workers.addEventListener("controllerchange", () => location.reload(), { once: true });
        waiting.postMessage("use");
      });
    }
  };
  offer();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer);
  });
}

/**
 * What was shared to the page; its worker holds it until the page asks.
 *
 * @returns {Promise<{ text: string, files: File[] } | null>}
 */
export async function takeShared() {
  const { active } = (await workers?.getRegistration()) ?? {};
  if (!active) {
    return null;
  }
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  active.postMessage("shared", [port2]);
  return answer;
}

/**
 * Where a policy asks for trusted types, an address of a script must be one; only that of our own worker becomes one.
 *
 * @param {string} address
 */
function trusted(address) {
  /** @typedef {{ createPolicy(name: string, rules: object): { createScriptURL(url: string): string } }} Factory */
  const factory = /** @type {{ trustedTypes?: Factory }} */ (/** @type {unknown} */ (globalThis)).trustedTypes;
  const own = (/** @type {string} */ url) => {
    if (url !== address) throw new TypeError("another script");
    return url;
  };
  return factory?.createPolicy("error-diagnoser", { createScriptURL: own }).createScriptURL(address) ?? address;
}
