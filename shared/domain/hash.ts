/** Spreads texts evenly over 0 … shards - 1, the same on every machine and in every version. */
export function shardOf(text: string, shards: number): number {
  return crc32(text) % shards;
}

/** Bits in reverse. */
const polynomial = 0xedb88320;

/**
 * What four bits make of the rest. A table for all eight would halve the steps, and most functions end before they
 * have taken as many as it takes to fill one.
 */
const table = Int32Array.of(...Array.from({ length: 16 }, (_, bits) => crcOfFourBits(bits)));

/**
 * The checksum that zlib, gzip and PNG use (RFC 1952, section 8), of bytes or of a text's UTF-8, as an
 * unsigned number. Node has it in `zlib` alone, which takes longer to load than most of a function's own code.
 */
export function crc32(data: string | Uint8Array): number {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  let crc = ~0;
  // An iterator would take ten times as long.
  for (let n = 0; n < bytes.length; n += 1) {
    crc ^= Number(bytes[n]);
    crc = Number(table[crc & 15]) ^ (crc >>> 4);
    crc = Number(table[crc & 15]) ^ (crc >>> 4);
  }
  return ~crc >>> 0;
}

function crcOfFourBits(bits: number): number {
  let crc = bits;
  for (let bit = 0; bit < 4; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? polynomial : 0);
  return crc;
}
