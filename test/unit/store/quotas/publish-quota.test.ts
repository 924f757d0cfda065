import { expect, test, vi } from "vitest";
import { dynamoDb } from "../../../../shared/aws/clients.ts";
import { openPublishQuota } from "../../../../shared/store/messages/quotas.ts";
import { useTables } from "../embedded-tables.ts";

useTables();

const nowMs = 1_706_138_400_000;
const refused = expect.objectContaining({ code: "LIMIT_EXCEEDED_ERROR", status: 429 });

/** The quota as one Lambda environment sees it. */
function environment(perMinute: number) {
  process.env.PUBLISHES_PER_KEY_PER_MINUTE = String(perMinute);
  return openPublishQuota();
}

/** How many calls of the table some work takes. */
async function callsOf(work: () => Promise<void>): Promise<number> {
  const call = vi.spyOn(dynamoDb, "call");
  await work();
  const { length } = call.mock.calls;
  call.mockRestore();
  return length;
}

async function takenOf(quota: ReturnType<typeof environment>, keyId: string, tries: number) {
  let taken = 0;
  for (let n = 0; n < tries; n += 1) {
    await quota.take(keyId, 1, nowMs).then(
      () => {
        taken += 1;
      },
      (error: unknown) => expect(error).toEqual(refused),
    );
  }
  return taken;
}

test("lets exactly so many through in a minute, and again in the next", async () => {
  const quota = environment(75); // no multiple of what is taken at once
  expect(await takenOf(quota, "key_a", 100)).toBe(75);
  await expect(quota.take("key_a", 1, nowMs + 59_999)).rejects.toEqual(refused);
  await expect(quota.take("key_a", 1, nowMs + 60_000)).resolves.toBeUndefined();
});

test("environments share a key's minute, and no key another's", async () => {
  const [one, two] = [environment(60), environment(60)];
  expect((await takenOf(one, "key_b", 40)) + (await takenOf(two, "key_b", 40))).toBe(60);
  expect(await takenOf(two, "key_c", 1)).toBe(1);
});

test("writes once for many publishes, and not at all once the minute is used up", async () => {
  const quota = environment(1_000);
  const spend = (tries: number) => async () => void (await takenOf(quota, "key_d", tries));
  expect(await callsOf(spend(20))).toBe(1);
  expect(await callsOf(spend(980))).toBe(49);
  expect(await callsOf(spend(1))).toBe(1);
  expect(await callsOf(spend(50))).toBe(0);
});

test("counts the messages of a batch one by one, and takes none of a batch that is too many", async () => {
  const quota = environment(10);
  await quota.take("key_e", 7, nowMs);
  await expect(quota.take("key_e", 4, nowMs)).rejects.toEqual(refused);
  await expect(quota.take("key_e", 3, nowMs)).resolves.toBeUndefined();
});

test("asks nothing of the table where there is no quota", async () => {
  const quota = environment(0);
  expect(await callsOf(() => quota.take("key_f", 1_000_000, nowMs))).toBe(0);
});
