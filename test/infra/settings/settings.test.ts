import { Lazy } from "aws-cdk-lib";
import { expect, test } from "vitest";
import { readSettings } from "../../../infra/settings/settings.ts";

test("a deployment that says nothing gets careful defaults", () => {
  expect(readSettings({})).toMatchObject({
    stackName: "Hookcast",
    removalPolicy: "retain",
    allowPrivateDestinations: false,
    authorizerCacheSeconds: 60,
    logRetentionDays: 30,
    retentionDays: 30,
    paused: false,
  });
});

test("the default schedule makes ten attempts in 75 h 35 m 5 s", () => {
  const { retryScheduleSeconds } = readSettings({});
  expect(retryScheduleSeconds).toHaveLength(9);
  expect(retryScheduleSeconds.reduce((sum, wait) => sum + wait, 0)).toBe(75 * 3600 + 35 * 60 + 5);
});

test("settings on the command line, which are text, mean the same as in cdk.json", () => {
  const typed = {
    ...{ throttleRate: 50, paused: true, retryScheduleSeconds: [1, 20] },
    ...{ allowedOrigins: ["https://a.example"], tags: { team: "payments", note: "a=b" } },
  };
  const text = {
    ...{ throttleRate: "50", paused: "true", retryScheduleSeconds: "1,20" },
    ...{ allowedOrigins: "https://a.example", tags: "team=payments,note=a=b" },
  };
  expect(readSettings(text)).toEqual(readSettings(typed));
});

test("what another construct of the same app makes may be named before it has a name", () => {
  const alarmTopicArn = Lazy.string({
    produce: () => "arn:aws:sns:us-east-1:123456789012:on-call",
  });
  expect(readSettings({ alarmTopicArn })).toMatchObject({ alarmTopicArn });
});

test("flags of the CDK are none of our business", () => {
  const flags = { "@aws-cdk/aws-iam:minimizePolicies": true, "cli-telemetry": false };
  expect(readSettings(flags)).toEqual(readSettings({}));
});

test.each([
  ["throttleRate", { throttleRate: 0 }],
  ["throttleRate", { throttleRate: "fast" }],
  ["throttleRates", { throttleRates: 10 }],
  ["stackName", { stackName: "my stack" }],
  ["deliveryConcurrency", { deliveryConcurrency: 1 }],
  ["logRetentionDays", { logRetentionDays: 8 }],
  ["removalPolicy", { removalPolicy: "keep" }],
  ["alarmTopicArn", { alarmTopicArn: "on-call" }],
  ["alarmTopicArn", { alarmTopicArn: "arn:aws:sqs:us-east-1:123456789012:on-call" }],
  ["dataKeyArn", { dataKeyArn: "arn:aws:kms:us-east-1:123456789012:alias/mine" }],
  ["deletionProtection", { removalPolicy: "destroy", deletionProtection: true }],
  ["defaultAddress", { defaultAddress: false }],
  ["certificateArn", { domainName: "hooks.client.example" }],
  ["domainName", { domainName: "https://hooks.client.example" }],
  ["allowedOrigins.0", { allowedOrigins: ["*"] }],
  ["allowedOrigins.0", { allowedOrigins: ["ftp://a.example"] }],
  ["allowedOrigins.1", { allowedOrigins: "https://a.example,https://a.example/" }],
  ["portalOrigins.0", { portalOrigins: ["http://app.example"] }],
  ["portalOrigins.0", { portalOrigins: ["https://*.app.example"] }],
  ["portalOrigins.0", { portalOrigins: ["https://a.example;script-src"] }],
  ["portalOrigins.1", { portalOrigins: "https://a.example,*" }],
  ["tags.aws:team", { tags: { "aws:team": "payments" } }],
  ["tags.team", { tags: { team: "pay;ments" } }],
  ["publishesPerKeyPerMinute", { publishesPerKeyPerMinute: -1 }],
  ["recoverRate", { recoverRate: 501 }],
  ["monthlyBudgetUsd", { monthlyBudgetUsd: 0, budgetEmail: "a@b.example" }],
  ["budgetEmail", { monthlyBudgetUsd: 10 }],
  ["budgetEmail", { budgetEmail: "a@b.example" }],
  ["budgetEmail", { monthlyBudgetUsd: 10, budgetEmail: "me" }],
  ["allowPrivateDestinations", { allowPrivateDestinations: "maybe" }],
  ["deliveryLog", { deliveryLog: "none" }],
  ["deliveryLog", { deliveryLog: "failures" }],
  ["retryScheduleSeconds", { retryScheduleSeconds: [] }],
  ["retryScheduleSeconds.1", { retryScheduleSeconds: "5,x" }],
  ["retryScheduleSeconds", { retryScheduleSeconds: Array(8).fill(86_400) }],
  [
    "deliverReservedConcurrency",
    {
      deliveryConcurrency: 60,
      newcomerConcurrency: 2,
      slowConcurrency: 30,
      retryConcurrency: 20,
      deliverReservedConcurrency: 100,
    },
  ],
])("a bad setting is refused under its name: %s", (name, context) => {
  expect(() => readSettings(context)).toThrow(`Bad stack settings`);
  expect(() => readSettings(context)).toThrow(new RegExp(`\\b${name}\\b`));
});

test("every bad setting is named at once", () => {
  expect(() => readSettings({ throttleRate: 0, paused: 3 })).toThrow(/throttleRate[\s\S]*paused/);
});
