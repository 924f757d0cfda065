/**
 * The checksum that zlib, gzip and PNG use (RFC 1952, section 8), of the text's UTF-8, as an unsigned number.
 * Node has it in `zlib` alone, which takes longer to load than most of a function's own code.
 */
export function crc32(text: string): number {
  let crc = ~0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? polynomial : 0);
  }
  return ~crc >>> 0;
}

/** Bits in reverse. */
const polynomial = 0xedb88320;
