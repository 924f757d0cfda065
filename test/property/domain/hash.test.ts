import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shardOf } from "../../../shared/domain/hash.ts";
import { mintId } from "../../../shared/domain/ids.ts";

test("stays within the shards, for the same text the same one", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 1, max: 1_000 }),
      (text, shards) => {
        const shard = shardOf(text, shards);
        expect(Number.isInteger(shard) && shard >= 0 && shard < shards).toBe(true);
        expect(shardOf(text, shards)).toBe(shard);
      },
    ),
  );
});

test.each([2, 3, 8, 10, 64])("spreads the ids of one burst evenly over %i shards", (shards) => {
  const perShard = 200;
  const counts = new Array<number>(shards).fill(0);
  for (let n = 0; n < shards * perShard; n += 1) {
    const random = createHash("sha256").update(String(n)).digest().subarray(0, 10);
    const shard = shardOf(mintId("msg", 1_700_000_000_000 + (n >> 4), random), shards);
    counts[shard] = (counts[shard] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(perShard * 0.7);
  expect(Math.max(...counts)).toBeLessThan(perShard * 1.3);
});
