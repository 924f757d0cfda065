import { expect, test } from "vitest";
import { switchOff } from "../../../../shared/delivery/breaker/health-recorder.ts";
import type { WebhookRecord } from "../../../../shared/domain/webhooks/webhook-record.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";
import { conflict } from "../../../../shared/store/table/table.ts";
import { webhookWith } from "../../samples.ts";

const tried = webhookWith({ version: 3, lastModifiedTimeMs: 5_000 });

function depsWith(
  current: (WebhookRecord | undefined)[],
  results: ("written" | typeof conflict)[],
) {
  const written: WebhookRecord[] = [];
  const announced: string[] = [];
  return {
    written,
    announced,
    deps: {
      webhooks: { find: async () => (current.length > 1 ? current.shift() : current[0]) },
      writer: {
        async replace(_: WebhookRecord, next: WebhookRecord) {
          written.push(next);
          return results.shift() ?? "written";
        },
      },
      announcer: { disabled: async (_: WebhookRecord, why: string) => void announced.push(why) },
      now: () => 4_000,
      timers: realTimers,
      random: () => 0,
    },
  };
}

test("makes the webhook inactive, says why, and never turns its time back", async () => {
  const { deps, written, announced } = depsWith([tried], []);
  await switchOff(tried, "gone", deps);
  expect(announced).toEqual(["gone"]);
  expect(written).toEqual([
    { ...tried, status: "inactive", statusReason: "gone", version: 4, lastModifiedTimeMs: 5_000 },
  ]);
});

test.each([
  ["changed", { ...tried, version: 4, url: "https://repaired.example" }],
  ["put anew", { ...tried, webhookId: "whk_01JDB2Q5V8K3M4N6P7R8S9TAVX" }],
  ["deleted", undefined],
])("leaves a webhook alone that was %s since it was tried", async (_, current) => {
  const { deps, written, announced } = depsWith([current], []);
  await switchOff(tried, "failing", deps);
  expect(written).toEqual([]);
  expect(announced).toEqual([]);
});

test("looks again when it was overtaken, and respects what it finds then", async () => {
  const changed = { ...tried, version: 4 };
  const { deps, written } = depsWith([tried, changed], [conflict]);
  await switchOff(tried, "gone", deps);
  expect(written).toHaveLength(1);
});
