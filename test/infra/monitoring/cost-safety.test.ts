import { expect, test } from "vitest";
import { synthesize } from "../synthesize.ts";

const careful = synthesize({
  publishUrl: true,
  publishUrlConcurrency: 15,
  publishesPerKeyPerMinute: 600,
  hoppedPublishesPerCachePerMinute: 20,
  deliveryConcurrency: 30,
  newcomerConcurrency: 2,
  slowConcurrency: 3,
  retryConcurrency: 5,
  deliverReservedConcurrency: 40,
  monthlyBudgetUsd: 25,
  budgetEmail: "owner@client.example",
  paused: true,
}).template;
const usual = synthesize().template;

function functionsOf(template: typeof usual) {
  return Object.entries(template.findResources("AWS::Lambda::Function"));
}

test("those who publish for a key know its quota, and nobody else does; without one it is 0", () => {
  const quotas = (template: typeof usual) =>
    functionsOf(template).flatMap(([id, { Properties }]) => {
      const quota = Properties.Environment?.Variables.PUBLISHES_PER_KEY_PER_MINUTE;
      return quota === undefined ? [] : [[id.slice(0, -8), quota]];
    });
  expect(quotas(careful)).toEqual([
    ["ApiPublishByUrl", "600"],
    ["ApiPublish", "600"],
    ["ApiPublishBatch", "600"],
  ]);
  expect(quotas(usual).map(([, quota]) => quota)).toEqual(["0", "0"]);
});

test("those who publish know the budget for what is forwarded, and nobody else does", () => {
  const budgets = (template: typeof usual) =>
    functionsOf(template).flatMap(([id, { Properties }]) => {
      const budget = Properties.Environment?.Variables.HOPPED_PUBLISHES_PER_CACHE_PER_MINUTE;
      return budget === undefined ? [] : [[id.slice(0, -8), budget]];
    });
  expect(budgets(careful)).toEqual([
    ["ApiPublishByUrl", "20"],
    ["ApiPublish", "20"],
    ["ApiPublishBatch", "20"],
  ]);
  expect(budgets(usual).map(([, budget]) => budget)).toEqual(["60", "60"]);
});

test("capacity is set aside for deliver and for the publish URL and caps them, where the deployment says so", () => {
  const reserved = (template: typeof usual) =>
    functionsOf(template)
      .filter(([, { Properties }]) => Properties.ReservedConcurrentExecutions !== undefined)
      .map(([id, { Properties }]) => [id.slice(0, -8), Properties.ReservedConcurrentExecutions]);
  expect(reserved(careful)).toEqual([
    ["ApiPublishByUrl", 15],
    ["WorkersDeliver", 40],
  ]);
  expect(reserved(usual)).toEqual([]);
});

test("no queue is worked off while the deployment is paused", () => {
  const mappings = (template: typeof usual) =>
    Object.values(template.findResources("AWS::Lambda::EventSourceMapping"));
  expect(mappings(careful).map(({ Properties }) => Properties.Enabled)).toEqual(
    Array(6).fill(false),
  );
  expect(mappings(usual).map(({ Properties }) => Properties.Enabled)).not.toContain(false);
});

test("a month that costs too much is told of by mail, before its end", () => {
  usual.resourceCountIs("AWS::Budgets::Budget", 0);
  const [budget] = Object.values(careful.findResources("AWS::Budgets::Budget"));
  const { Budget, NotificationsWithSubscribers } = budget?.Properties ?? {};
  expect(Budget).toMatchObject({ TimeUnit: "MONTHLY", BudgetLimit: { Amount: 25, Unit: "USD" } });
  const subscribers = [{ SubscriptionType: "EMAIL", Address: "owner@client.example" }];
  expect(NotificationsWithSubscribers).toMatchObject([
    { Notification: { NotificationType: "ACTUAL", Threshold: 80 }, Subscribers: subscribers },
    { Notification: { NotificationType: "FORECASTED", Threshold: 100 }, Subscribers: subscribers },
  ]);
});
