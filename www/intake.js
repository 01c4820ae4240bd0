// @ts-check
/**
 * Files as text: plain or gzip, several at once, with progress and a way to stop. What is no text is refused by name.
 */

/** Characters that are read at most: browsers hold no longer strings. */
const MOST = 400_000_000;
/** How much of a file is looked at to tell whether it is text. */
const LOOKED_AT = 4096;

/** @typedef {"binary" | "too-long" | "unreadable"} Trouble */

/** A file that cannot be read as text. */
export class IntakeError extends Error {
  /**
   * @param {Trouble} code
   * @param {string} file
   * @param {unknown} [cause]
   */
  constructor(code, file, cause) {
    super(`${file}: ${code}`, { cause });
    this.name = "IntakeError";
    this.code = code;
    this.file = file;
  }
}

/**
 * The text of files, one after the other; of several, each under a line with its name.
 *
 * @param {File[]} files
 * @param {{ signal: AbortSignal, onprogress: (file: string, share: number) => void }} how
 * @returns {Promise<string>}
 * @throws {IntakeError | DOMException} a DOMException when it was stopped
 */
export async function readFiles(files, { signal, onprogress }) {
  const texts = [];
  const size = files.reduce((sum, file) => sum + file.size, 0);
  let length = 0;
  let read = 0;
  for (const file of files) {
    const text = await readFile(file, signal, (bytes) => {
      read += bytes;
      onprogress(file.name, size === 0 ? 1 : read / size);
    });
    length += text.length;
    if (length > MOST) {
      throw new IntakeError("too-long", file.name);
    }
    texts.push(files.length > 1 ? `==> ${file.name} <==\n${text}` : text);
  }
  return texts.join("\n");
}

/**
 * @param {File} file
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} onbytes told of bytes of the file as they are read
 */
async function readFile(file, signal, onbytes) {
  const head = new Uint8Array(await file.slice(0, LOOKED_AT).arrayBuffer());
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const counted = file.stream().pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        onbytes(chunk.byteLength);
        controller.enqueue(chunk);
      },
    }),
  );
  const bytes = isGzip ? counted.pipeThrough(new DecompressionStream("gzip")) : counted;
  /** @type {TextDecoder | undefined} */
  let decoder;
  const pieces = [];
  let length = 0;
  const reader = bytes.getReader();
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) break;
      decoder ??= decoderFor(value, file.name);
      const piece = decoder.decode(value, { stream: true });
      length += piece.length;
      if (length > MOST) throw new IntakeError("too-long", file.name);
      pieces.push(piece);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof IntakeError || signal.aborted) throw error;
    throw new IntakeError("unreadable", file.name, error);
  }
  pieces.push(decoder?.decode() ?? "");
  return pieces.join("");
}

/**
 * By its mark UTF-16, else UTF-8; zero bytes are in no text of either.
 *
 * @param {Uint8Array} head
 * @param {string} name
 */
function decoderFor(head, name) {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder("utf-16le");
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder("utf-16be");
  if (head.subarray(0, LOOKED_AT).includes(0)) throw new IntakeError("binary", name);
  return new TextDecoder();
}
