import { crc32 } from "./crc32.ts";

/** Spreads texts evenly over 0 … shards - 1, the same on every machine and in every version. */
export function shardOf(text: string, shards: number): number {
  return crc32(text) % shards;
}
