// @ts-check
/**
 * A long text read in slices: on the main thread but never for longer than a frame, with progress, and stopped at a signal.
 * A file goes to the engine as the bytes it consists of, and is never held whole. It loads nothing and knows no catalog.
 *
 * @typedef {import("./types.js").Scanner} Scanner
 * @typedef {import("./types.js").ScanOptions} ScanOptions
 * @typedef {import("./types.js").Source} Source
 */

/** Milliseconds of work after which the page gets its turn: half a frame. */
const TURN = 8;
/** Bytes handed over at once: few enough that a slow phone is done within a turn or two. */
const PIECE = 64 * 1024;
/** Characters of a string that are turned into bytes at once. */
const CHARACTERS = 32 * 1024;

/**
 * @param {Scanner} scanner used up by this
 * @param {Source} source
 * @param {Pick<ScanOptions, "signal" | "onprogress">} how
 * @throws the signal's reason when it was stopped; what the source throws when it cannot be read
 */
export async function scan(scanner, source, { signal, onprogress }) {
  const size = source instanceof Blob ? source.size : typeof source === "string" ? source.length : null;
  const read = { size: 0 };
  let turn = performance.now();
  try {
    for await (const bytes of piecesOf(source, read)) {
      for (let at = 0; at < bytes.length; at += PIECE) {
        signal?.throwIfAborted();
        scanner.push(bytes.subarray(at, at + PIECE));
        if (performance.now() - turn > TURN) {
          onprogress?.({ ...scanner.progress(), share: size === null ? null : size === 0 ? 1 : Math.min(1, read.size / size) });
          await pause();
          turn = performance.now();
        }
      }
    }
    signal?.throwIfAborted();
  } catch (error) {
    scanner.free();
    throw error;
  }
  onprogress?.({ ...scanner.progress(), share: 1 });
  return scanner.finish();
}

/**
 * The source as bytes of UTF-8, gzip unpacked; `read` counts how much of the source has been used.
 *
 * @param {Source} source
 * @param {{ size: number }} read
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* piecesOf(source, read) {
  if (typeof source === "string") {
    yield* encode(source, read);
    return;
  }
  const counted = (source instanceof Blob ? source.stream() : source).pipeThrough(counter(read));
  const { head, all } = await look(counted);
  const plain = head[0] === 0x1f && head[1] === 0x8b ? all.pipeThrough(new DecompressionStream("gzip")) : all;
  const { head: mark, all: bytes } = await look(plain);
  const utf16 = mark[0] === 0xff && mark[1] === 0xfe ? "utf-16le" : mark[0] === 0xfe && mark[1] === 0xff ? "utf-16be" : null;
  if (utf16) {
    yield* read16(bytes, utf16);
    return;
  }
  // The mark that some programs put before UTF-8 is no part of the text.
  let skip = mark[0] === 0xef && mark[1] === 0xbb && mark[2] === 0xbf ? 3 : 0;
  for await (const piece of iterate(bytes)) {
    yield piece.subarray(skip);
    skip = 0;
  }
}

/**
 * @param {string} text
 * @param {{ size: number }} read
 */
function* encode(text, read) {
  const encoder = new TextEncoder();
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + CHARACTERS, text.length);
    const last = text.charCodeAt(end - 1);
    // The two halves of a character stay together.
    if (end < text.length && last >= 0xd800 && last < 0xdc00) end += 1;
    read.size = end;
    yield encoder.encode(text.slice(at, end));
    at = end;
  }
}

/**
 * @param {ReadableStream<Uint8Array>} bytes
 * @param {string} encoding
 */
async function* read16(bytes, encoding) {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const piece of iterate(bytes)) yield encoder.encode(decoder.decode(piece, { stream: true }));
  yield encoder.encode(decoder.decode());
}

/**
 * The first bytes of a stream, and a stream of all of them.
 *
 * @param {ReadableStream<Uint8Array>} stream
 */
async function look(stream) {
  const reader = stream.getReader();
  /** @type {Uint8Array[]} */
  const first = [];
  let length = 0;
  while (length < 3) {
    const { done, value } = await reader.read();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  const head = Uint8Array.from(first.flatMap((piece) => [...piece.subarray(0, 3)]));
  const all = new ReadableStream(
    {
      async pull(controller) {
        const piece = first.shift() ?? (await reader.read()).value;
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { head, all };
}

/** @param {{ size: number }} read */
function counter(read) {
  return new TransformStream({
    transform(/** @type {Uint8Array} */ piece, controller) {
      read.size += piece.byteLength;
      controller.enqueue(piece);
    },
  });
}

/**
 * Not every browser's streams can be iterated.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* iterate(stream) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Whoever stops reading needs no more of it; a stream that has ended or failed does not mind.
    reader.cancel().catch(() => undefined);
  }
}

/** Lets the page draw and listen. A timer would wait four milliseconds for nothing. @returns {Promise<void>} */
function pause() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
