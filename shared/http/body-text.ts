import type { Transform } from "node:stream";

/** What is kept of a body, and what of one that has yet to be inflated. */
export const maxBytesKept = 2_048;
export const maxEncodedBytesKept = 16_384;

/** The beginning of a body as text, for the log: inflated if need be, in the charset that it claims to have. */
export async function bodyText(
  bytes: Buffer,
  contentType: string | undefined,
  encoding: string | undefined,
): Promise<string> {
  if (bytes.length === 0) return "";
  const plain = encoding ? await inflated(bytes, encoding.trim().toLowerCase()) : bytes;
  const shown = plain.subarray(0, maxBytesKept);
  // `stream` holds back a character whose bytes were cut in two.
  return decoderFor(contentType).decode(shown, { stream: true });
}

function decoderFor(contentType = "") {
  const [, charset = "utf-8"] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/** At most what is kept; what cannot be inflated is left as it came. */
async function inflated(bytes: Buffer, encoding: string): Promise<Buffer> {
  const stream = await inflaterFor(encoding, bytes[0] ?? 0);
  if (!stream) return bytes;
  const parts: Buffer[] = [];
  let length = 0;
  try {
    stream.end(bytes);
    for await (const part of stream) {
      parts.push(part);
      length += part.length;
      if (length >= maxBytesKept) break;
    }
  } catch {
    // Cut off or broken: what came before is worth showing.
  }
  return length === 0 ? bytes : Buffer.concat(parts);
}

/** Loaded only now: hardly any receiver compresses what nobody asked it to. */
async function inflaterFor(encoding: string, firstByte: number): Promise<Transform | undefined> {
  const zlib = await import("node:zlib");
  const options = { chunkSize: maxBytesKept, finishFlush: zlib.constants.Z_SYNC_FLUSH };
  switch (encoding) {
    case "gzip":
    case "x-gzip":
      return zlib.createGunzip(options);
    case "deflate": // some send it without the wrapper that it should have
      return (firstByte & 0x0f) === 8
        ? zlib.createInflate(options)
        : zlib.createInflateRaw(options);
    case "br": {
      const finishFlush = zlib.constants.BROTLI_OPERATION_FLUSH;
      return zlib.createBrotliDecompress({ chunkSize: maxBytesKept, finishFlush });
    }
    default:
      return undefined;
  }
}
