import { createHash } from "node:crypto";
import { ulidPattern } from "../../contract/values/ids.ts";
import { encodeBase62 } from "./base62.ts";
import { crc32 } from "./crc32.ts";

const apiKeyPattern = new RegExp(`^(hk_(${ulidPattern})_[0-9A-Za-z]{43})_([0-9a-f]{8})$`);

/** What stands for every cache among the caches of a key. */
export const allCaches = "*";

/** How a key's row names one cache: as it is called, but for the one called `*`. No name holds a backslash. */
export function scopeOf(cacheName: string): string {
  return cacheName === allCaches ? "\\*" : cacheName;
}

export interface ParsedApiKey {
  /** `key_` + ULID: the id under which the key is stored. */
  keyId: string;
  /** SHA-256 of the whole key text in hex: what is stored in its place. */
  hash: string;
}

export function mintApiKey(ulid: string, secretBytes: Uint8Array): string {
  if (secretBytes.length !== 32) {
    throw new RangeError(`An API key takes 32 secret bytes, not ${secretBytes.length}`);
  }
  const unchecked = `hk_${ulid}_${encodeBase62(secretBytes)}`;
  return `${unchecked}_${checksum(unchecked)}`;
}

/** Undefined for anything that this deployment never minted by its looks: junk costs no read. */
export function parseApiKey(text: string): ParsedApiKey | undefined {
  const [, unchecked, ulid, crc] = apiKeyPattern.exec(text) ?? [];
  if (unchecked === undefined || checksum(unchecked) !== crc) return undefined;
  return { keyId: `key_${ulid}`, hash: createHash("sha256").update(text).digest("hex") };
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}
