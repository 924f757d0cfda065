import * as z from "zod/mini";
import { ulidPattern } from "../contract/values/ids.ts";

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const base32 = "0123456789abcdefghijklmnopqrstuv";
const maxTimeMs = 2 ** 48 - 1;

export type IdKind = "whk" | "msg" | "key" | "job" | "ses";

const idPatterns: Record<IdKind, RegExp> = {
  whk: new RegExp(`^whk_${ulidPattern}$`),
  msg: new RegExp(`^msg_${ulidPattern}$`),
  key: new RegExp(`^key_${ulidPattern}$`),
  job: new RegExp(`^job_${ulidPattern}$`),
  ses: new RegExp(`^ses_${ulidPattern}$`),
};

/** 48 bits of time and 80 of randomness in Crockford's base 32: sorts as text by time. */
export function mintUlid(timeMs: number, random: Uint8Array): string {
  if (!Number.isInteger(timeMs) || timeMs < 0 || timeMs > maxTimeMs) {
    throw new RangeError(`A ULID cannot hold the time ${timeMs}`);
  }
  if (random.length !== 10) throw new RangeError("A ULID takes 10 random bytes");

  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(timeMs, 0, 6);
  bytes.set(random, 6);
  return ulidFrom(BigInt(`0x${bytes.toString("hex")}`));
}

/** The id right behind another: a span that goes on from it leaves out the other and nothing else. */
export function idBehind(id: string): string {
  const [kind] = id.split("_");
  const next = BigInt(`0x${ulidBytes(ulidOfId(id)).toString("hex")}`) + 1n;
  return `${kind}_${ulidFrom(next)}`;
}

/** The id right before another. */
export function idBefore(id: string): string {
  const [kind] = id.split("_");
  const bits = BigInt(`0x${ulidBytes(ulidOfId(id)).toString("hex")}`);
  return `${kind}_${ulidFrom(bits === 0n ? 0n : bits - 1n)}`;
}

function ulidFrom(bits: bigint): string {
  return translate(bits.toString(32).padStart(26, "0"), base32, crockford);
}

/** The first and the last id of a kind that a time from `sinceMs` until just before `untilMs` may hold. */
export function idSpan(kind: IdKind, sinceMs: number, untilMs: number): [string, string] {
  const lowest = mintUlid(Math.min(Math.max(sinceMs, 0), maxTimeMs), new Uint8Array(10));
  const last = Math.min(Math.max(untilMs - 1, 0), maxTimeMs);
  const highest = mintUlid(last, new Uint8Array(10).fill(0xff));
  return [`${kind}_${lowest}`, `${kind}_${highest}`];
}

export function ulidTimeMs(ulid: string): number {
  return ulidBytes(ulid).readUIntBE(0, 6);
}

/** The 16 bytes behind a ULID's 26 characters. */
export function ulidBytes(ulid: string): Buffer {
  let bits = 0n;
  for (const character of ulid) bits = bits * 32n + BigInt(crockford.indexOf(character));
  return Buffer.from(bits.toString(16).padStart(32, "0"), "hex");
}

export function mintId(kind: IdKind, timeMs: number, random: Uint8Array): string {
  return `${kind}_${mintUlid(timeMs, random)}`;
}

export function isId(kind: IdKind, text: string): boolean {
  return idPatterns[kind].test(text);
}

/** `msg_01JD…` → `01JD…` */
export function ulidOfId(id: string): string {
  return id.slice(id.indexOf("_") + 1);
}

export function idTimeMs(id: string): number {
  return ulidTimeMs(ulidOfId(id));
}

function translate(text: string, from: string, to: string): string {
  return text.replace(/./g, (character) => to.charAt(from.indexOf(character)));
}

/** The first and the last id of some, both included. */
export const IdSpan = z.readonly(z.tuple([z.string(), z.string()]));
export type IdSpan = z.infer<typeof IdSpan>;

/** What is left to be looked through; null when nothing is. */
export const IdWindow = z.nullable(IdSpan);
export type IdWindow = z.infer<typeof IdWindow>;

export function windowFrom(id: string, [, last]: IdSpan): IdWindow {
  return id <= last ? [id, last] : null;
}
