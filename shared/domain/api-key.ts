import { createHash } from "node:crypto";
import { ulidPattern } from "../contract/values/ids.ts";
import { crc32 } from "./hash.ts";

const apiKeyPattern = new RegExp(`^(hk_(${ulidPattern})_[0-9A-Za-z]{43})_([0-9a-f]{8})$`);

/** What stands for every cache among the caches of a key. */
export const allCaches = "*";

/** How a key's row names one cache: as it is called, but for the one called `*`. No name holds a backslash. */
export function scopeOf(cacheName: string): string {
  return cacheName === allCaches ? "\\*" : cacheName;
}

/** The cache that a key's row names so. */
export function cacheOfScope(scope: string): string {
  return scope === scopeOf(allCaches) ? allCaches : scope;
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

/** Eight hex digits behind a key or a token. */
export function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}

const digits62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const bitsPerDigit = Math.log2(digits62.length);

/** Letters and digits only, so that a double click selects it; as wide for zeros as for any other bytes. */
export function encodeBase62(bytes: Uint8Array): string {
  let rest = BigInt(`0x00${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  while (rest > 0n) {
    text = digits62.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text.padStart(Math.ceil((bytes.length * 8) / bitsPerDigit), "0");
}
