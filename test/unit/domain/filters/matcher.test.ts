import { expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { openMatcher } from "../../../../shared/domain/filters/matcher.ts";
import { Subscription } from "../../../../shared/domain/webhooks/webhook-record.ts";
import { factsWith } from "../../samples.ts";

const subscriber = (filter?: string) => ({
  ...{ webhookId: "whk_01JDB2Q5V8K3M4N6P7R8S9TAVW", webhookName: "w", events: [] },
  ...{ productId: null, status: "active", filter },
});
const filter = (amount: number) => JSON.stringify({ value: { amount: [amount] } });

test("parses the value once for all filters, and not where nobody filters", () => {
  const parse = vi.spyOn(JSON, "parse");
  const text = '{"amount":1,"once":true}';
  const payload = vi.fn(() => ({ kind: "json", text }) as const);
  const { matches } = openMatcher(factsWith(), payload);
  expect([subscriber(), subscriber()].map(matches)).toEqual([true, true]);
  expect(payload).not.toHaveBeenCalled();
  expect([1, 2, 3, 1].map((amount) => matches(subscriber(filter(amount))))).toEqual([
    ...[true, false, false, true],
  ]);
  expect(payload).toHaveBeenCalledOnce();
  expect(parse.mock.calls.filter(([parsed]) => parsed === text)).toHaveLength(1);
  parse.mockRestore();
});

test("compiles a filter once, however many messages come", () => {
  const parse = vi.spyOn(JSON, "parse");
  const own = filter(4711);
  for (let n = 0; n < 3; n += 1) {
    openMatcher(factsWith(), () => ({ kind: "json", text: "{}" })).matches(subscriber(own));
  }
  expect(parse.mock.calls.filter(([parsed]) => parsed === own)).toHaveLength(1);
  parse.mockRestore();
});

test("an inactive webhook, another event or another product needs no filter", () => {
  const payload = vi.fn(() => undefined);
  const { matches, troubles } = openMatcher(factsWith({ event: "b", productId: 8 }), payload);
  const broken = subscriber("{");
  expect(matches({ ...broken, status: "inactive" })).toBe(false);
  expect(matches({ ...broken, events: ["a"] })).toBe(false);
  expect(matches({ ...broken, productId: 7 })).toBe(false);
  expect(troubles).toEqual([]);
  expect(matches(broken)).toBe(false);
  expect(troubles).toMatchObject([{ webhookName: "w", reason: "unreadable" }]);
});

test("whatever a row holds as a filter, the others of the topic can be read", () => {
  const row = { ...subscriber(), filter: 5 };
  expect(z.parse(Subscription, row).filter).toBe("");
});
