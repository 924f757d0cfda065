/** Spreads texts evenly over 0 … shards - 1, the same on every machine and in every version. */
export function shardOf(text: string, shards: number): number {
  return crc32(text) % shards;
}

/** Bits in reverse. */
const polynomial = 0xedb88320;

let table: Int32Array | undefined;

/**
 * The checksum that zlib, gzip and PNG use (RFC 1952, section 8), of bytes or of a text's UTF-8, as an
 * unsigned number. Node has it in `zlib` alone, which takes longer to load than most of a function's own code.
 */
export function crc32(data: string | Uint8Array): number {
  table ??= crcOfEachByte();
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  let crc = ~0;
  // An iterator would take ten times as long.
  for (let n = 0; n < bytes.length; n += 1) {
    crc = Number(table[(crc ^ Number(bytes[n])) & 0xff]) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

function crcOfEachByte(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? polynomial : 0);
    return crc;
  });
}
