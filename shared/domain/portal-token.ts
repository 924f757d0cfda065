import { createHash } from "node:crypto";
import { ulidPattern } from "../contract/values/ids.ts";
import { checksum, encodeBase62 } from "./api-key.ts";

/** Begins otherwise than an API key, so that people and scanners tell the two apart. */
const tokenPattern = new RegExp(
  `^(hkp_(${ulidPattern})_(${ulidPattern})_[0-9A-Za-z]{43})_([0-9a-f]{8})$`,
);

export interface ParsedPortalToken {
  /** `ses_` + ULID: the id under which the session is stored. */
  readonly sessionId: string;
  /** Whose key made it. The token says so, so that one call reads both: a session ends with its key. */
  readonly keyId: string;
  /** SHA-256 of the whole token in hex: what is stored in its place. */
  readonly hash: string;
}

interface Ids {
  readonly sessionId: string;
  readonly keyId: string;
}

export function mintPortalToken({ sessionId, keyId }: Ids, secretBytes: Uint8Array): string {
  if (secretBytes.length !== 32) {
    throw new RangeError(`A portal token takes 32 secret bytes, not ${secretBytes.length}`);
  }
  const unchecked = [
    "hkp",
    sessionId.slice("ses_".length),
    keyId.slice("key_".length),
    encodeBase62(secretBytes),
  ].join("_");
  return `${unchecked}_${checksum(unchecked)}`;
}

/** Undefined for anything that this deployment never minted by its looks: junk costs no read. */
export function parsePortalToken(text: string): ParsedPortalToken | undefined {
  const [, unchecked, session, key, crc] = tokenPattern.exec(text) ?? [];
  if (unchecked === undefined || checksum(unchecked) !== crc) return undefined;
  const hash = createHash("sha256").update(text).digest("hex");
  return { sessionId: `ses_${session}`, keyId: `key_${key}`, hash };
}
