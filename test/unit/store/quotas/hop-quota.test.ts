import { expect, test } from "vitest";
import { openHopQuota } from "../../../../shared/store/messages/quotas.ts";
import { useTables } from "../embedded-tables.ts";

useTables();

const nowMs = 1_706_138_415_500;
const refused = { code: "LIMIT_EXCEEDED_ERROR", status: 429 };

/** The quota as one Lambda environment sees it. */
function environment(perMinute: number) {
  process.env.HOPPED_PUBLISHES_PER_CACHE_PER_MINUTE = String(perMinute);
  return openHopQuota();
}

test("environments share a cache's minute to the last message, and no cache another's", async () => {
  const environments = Array.from({ length: 7 }, () => environment(60));
  let taken = 0;
  for (let n = 0; n < 10; n += 1) {
    for (const quota of environments) {
      await quota.take("orders", 1, nowMs).then(
        () => {
          taken += 1;
        },
        (error: unknown) => expect(error).toMatchObject(refused),
      );
    }
  }
  expect(taken).toBe(60);
  await environments[0]?.take("others", 60, nowMs);
  await environments[0]?.take("orders", 60, nowMs + 60_000);
});

test("tells for how long the minute still lasts", async () => {
  const quota = environment(2);
  const wait = { ...refused, retryAfterSeconds: 45 };
  await expect(quota.take("batches", 3, nowMs)).rejects.toMatchObject(wait);
  await expect(quota.take("batches", 2, nowMs)).resolves.toBeUndefined();
  await expect(quota.take("batches", 1, nowMs + 44_499)).rejects.toMatchObject({
    ...refused,
    retryAfterSeconds: 1,
  });
});
