import { expect, test } from "vitest";
import { openWarningLog, typeRefusals } from "../../../../shared/delivery/publish/type-check.ts";
import type { MessageDraft } from "../../../../shared/domain/messages/message-draft.ts";
import { catchMetrics } from "../../metric-lines.ts";
import { rulesWith, typeWith } from "./event-types.ts";

const metrics = catchMetrics();

function draftOf(value: unknown, event: string | null = "known"): MessageDraft {
  return {
    cacheName: "orders",
    topicName: "paid",
    event,
    productId: null,
    contentType: "application/json",
    payload: { kind: "json", text: JSON.stringify(value) },
    hops: 0,
    keyId: "key_1",
  };
}

const schema = {
  type: "object",
  properties: { amount: { type: "integer" }, lines: { items: { required: ["sku"] } } },
  required: ["id"],
};

test("every fault of a value has its path, and only that entry is refused", async () => {
  const bad = draftOf({ amount: "s3cr3t", lines: [{ sku: 1 }, {}] });
  const good = draftOf({ id: 1, amount: 3 });
  const rules = rulesWith({ known: typeWith(schema, "enforce") });
  const refusals = await typeRefusals([bad, good, draftOf(1, null)], rules, 0);
  expect([...refusals.keys()]).toEqual([bad]);
  expect(refusals.get(bad)?.details).toEqual([
    { path: "value.amount", message: "must be an integer" },
    { path: "value.lines.1.sku", message: "is required" },
    { path: "value.id", message: "is required" },
  ]);
  expect(metrics.flush()).toEqual({ SchemaFaults: [1] });
});

test("a warning is counted each time and logged once an hour a type, without a word of the value", async () => {
  const rules = rulesWith({ known: typeWith(schema, "warn"), other: typeWith(schema, "warn") });
  const hour = 3_600_000;
  for (const nowMs of [0, 1, hour - 1, hour]) {
    expect(await typeRefusals([draftOf({ s3cr3t: 1 })], rules, nowMs)).toEqual(new Map());
  }
  await typeRefusals([draftOf({ s3cr3t: 1 }, "other")], rules, 1);
  const told = metrics.lines.filter((line) => line.includes("message.off-schema"));
  expect(told.map((line) => JSON.parse(line).event)).toEqual(Array(3).fill("message.off-schema"));
  expect(told.map((line) => JSON.parse(line).eventType)).toEqual(["known", "known", "other"]);
  expect(told.join("")).not.toContain("s3cr3t");
  expect(metrics.flush()).toEqual({ SchemaFaults: [5] });
});

test("the log of warnings is bounded: what was told longest ago is forgotten", () => {
  const log = openWarningLog();
  expect(log.isDue("t", "first", 0)).toBe(true);
  for (let n = 0; n < 1_000; n += 1) log.isDue("t", n, 1);
  expect(log.isDue("t", "first", 2)).toBe(true);
  expect(log.isDue("t", 999, 2)).toBe(false);
});

test("what is no JSON meets no schema, and the path of a long name is cut", async () => {
  const rules = rulesWith({ known: typeWith({ additionalProperties: false }, "enforce") });
  const text = { ...draftOf(1), payload: { kind: "text" as const, text: "{}" } };
  const long = draftOf({ ["x".repeat(5_000)]: 1 });
  const refusals = await typeRefusals([text, long], rules, 0);
  expect(refusals.get(text)?.details).toEqual([{ path: "value", message: "must be JSON" }]);
  expect(refusals.get(long)?.details?.[0]?.path).toHaveLength(201);
});
