import { App, Stack } from "aws-cdk-lib";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { afterEach, expect, test, vi } from "vitest";
import { Hookcast, type HookcastProps } from "../../../infra/hookcast.ts";

const budget = { monthlyBudgetUsd: 25, budgetEmail: "owner@client.example" };
const code = { folderOf: () => import.meta.dirname };

function deployTo(region: string | undefined, settings: HookcastProps = {}): Stack {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, "Payments", region ? { env: { region } } : {});
  new Hookcast(stack, "Webhooks", settings, code);
  return stack;
}

afterEach(() => vi.unstubAllEnvs());

test.each([
  ["eu-north-1", "monthlyBudgetUsd", budget],
  ["ap-southeast-7", "monthlyBudgetUsd", budget],
  ["us-gov-west-1", "monthlyBudgetUsd", budget],
  ["us-gov-west-1", "console", { console: true }],
  ["cn-north-1", "console", { console: true }],
  ["eu-central-2", "publishUrl", { publishUrl: true }],
  ["ap-southeast-7", "publishUrl", { publishUrl: true }],
  ["me-central-1", "publishUrl", { publishUrl: true }],
])("%s has nothing for %s, which is said before the deployment", (region, name, settings) => {
  const said = new RegExp(`Bad stack settings \\(Payments/Webhooks\\):\n {2}${name}: .*${region}`);
  expect(() => deployTo(region, settings)).toThrow(said);
  expect(() => deployTo("eu-central-1", settings)).not.toThrow();
});

test("a stack that names no region goes where the command's credentials lead", () => {
  vi.stubEnv("CDK_DEFAULT_REGION", "eu-north-1");
  expect(() => deployTo(undefined, budget)).toThrow(/monthlyBudgetUsd: .*eu-north-1/);
  vi.stubEnv("CDK_DEFAULT_REGION", undefined);
  expect(() => deployTo(undefined, budget)).not.toThrow();
});

test("a throttle above what an account has in its region is warned of; the default never is", () => {
  const warnings = (region: string, settings: HookcastProps) =>
    Annotations.fromStack(deployTo(region, settings)).findWarning("*", Match.anyValue());
  const wide = { throttleRate: 3_000, throttleBurst: 2_000 };
  expect(warnings("eu-south-2", {})).toEqual([]);
  expect(warnings("eu-central-1", wide)).toEqual([]);
  expect(warnings("eu-south-2", wide).map(({ entry }) => String(entry.data))).toEqual([
    expect.stringMatching(/^throttleRate is 3000, .* eu-south-2 has 2500/),
    expect.stringMatching(/^throttleBurst is 2000, .* eu-south-2 has 1250/),
  ]);
});
