import type { Settings } from "../../infra/settings.ts";

type Changes = { readonly [Name in keyof Required<Settings>]: Partial<Settings> };

/** Each setting as it is not by default, with what it cannot be set without. */
export const otherSettings: Changes = {
  stackName: { stackName: "Hooks-2" },
  tags: { tags: { team: "payments" } },
  domainName: {
    domainName: "hooks.client.example",
    certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11112222-aaaa-bbbb",
  },
  certificateArn: {
    domainName: "hooks.client.example",
    certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/33334444-aaaa-bbbb",
  },
  defaultAddress: {
    domainName: "hooks.client.example",
    certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11112222-aaaa-bbbb",
    defaultAddress: false,
  },
  allowedOrigins: { allowedOrigins: ["https://console.client.example"] },
  console: { console: true },
  throttleRate: { throttleRate: 50 },
  throttleBurst: { throttleBurst: 60 },
  authorizerCacheSeconds: { authorizerCacheSeconds: 0 },
  eventsPerCachePerMinute: { eventsPerCachePerMinute: 5 },
  webhooksPerCache: { webhooksPerCache: 50 },
  publishesPerKeyPerMinute: { publishesPerKeyPerMinute: 600 },
  retentionDays: { retentionDays: 0 },
  deliveryLog: { retentionDays: 0, deliveryLog: "failures" },
  retryScheduleSeconds: { retryScheduleSeconds: [5, 60] },
  allowPrivateDestinations: { allowPrivateDestinations: true },
  maxDrainRate: { maxDrainRate: 50 },
  recoverRate: { recoverRate: 10 },
  deliveryShards: { deliveryShards: 2 },
  deliveryConcurrency: { deliveryConcurrency: 10 },
  slowConcurrency: { slowConcurrency: 10 },
  retryConcurrency: { retryConcurrency: 10 },
  fanOutConcurrency: { fanOutConcurrency: 5 },
  deliverMemoryMb: { deliverMemoryMb: 1024 },
  deliverReservedConcurrency: { deliverReservedConcurrency: 150 },
  authorizeReservedConcurrency: { authorizeReservedConcurrency: 20 },
  publishReservedConcurrency: { publishReservedConcurrency: 40 },
  paused: { paused: true },
  tracing: { tracing: true },
  deletionProtection: { deletionProtection: false },
  removalPolicy: { removalPolicy: "destroy" },
  dataKeyArn: {
    dataKeyArn: "arn:aws:kms:us-east-1:123456789012:key/0e5c2f5c-1111-2222-3333-444455556666",
  },
  logRetentionDays: { logRetentionDays: 7 },
  metrics: { metrics: false },
  alarms: { alarms: false },
  oldestUndeliveredAlarmHours: { oldestUndeliveredAlarmHours: 48 },
  alarmTopicArn: { alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:on-call" },
  monthlyBudgetUsd: { monthlyBudgetUsd: 25, budgetEmail: "owner@client.example" },
  budgetEmail: { monthlyBudgetUsd: 25, budgetEmail: "other@client.example" },
};
