import { expect, test } from "vitest";
import { entries } from "../../infra/functions.ts";
import { routes } from "../../shared/contract/routes.ts";
import { synthesize } from "./synthesize.ts";

const settings = {
  ingest: true,
  outbox: true,
  publishUrl: true,
  logRetentionDays: 7,
  webhooksPerCache: 12,
  retentionDays: 3,
  recoverRate: 40,
};
const { template } = synthesize(settings);
const functions = Object.entries(template.findResources("AWS::Lambda::Function"));

function variablesOf(prefix: string): Record<string, unknown> {
  const found = functions.find(([id]) => id.startsWith(prefix));
  return found?.[1].Properties.Environment?.Variables ?? {};
}

test("there is one function for each operation, and those that no route names", () => {
  const names = Object.keys(entries);
  const workers = [
    ...["authorize", "publishByUrl", "deliver", "sweep", "fanOut", "recover"],
    ...["outbox", "ingest"],
  ];
  expect(names).toEqual([...Object.keys(routes), ...workers]);
  expect(functions).toHaveLength(names.length);
});

test("an operation's file is named for it", () => {
  expect(entries).toMatchObject({
    getWebhookSecret: "functions/http/webhooks/get-webhook-secret.ts",
    publish: "functions/http/messages/publish.ts",
    deliver: "functions/queue/deliver.ts",
  });
});

test.each(functions)("%s runs on arm64 and Node 24", (_id, { Properties }) => {
  expect(Properties).toMatchObject({
    Architectures: ["arm64"],
    Runtime: "nodejs24.x",
    Handler: "index.handler",
  });
});

test.each(functions)("%s writes to a log of its own, without lines of the platform", (id, fn) => {
  const { LoggingConfig } = fn.Properties;
  expect(LoggingConfig).toMatchObject({ LogFormat: "JSON", SystemLogLevel: "WARN" });
  const sharers = functions.filter(
    ([, other]) => other.Properties.LoggingConfig.LogGroup.Ref === LoggingConfig.LogGroup.Ref,
  );
  expect(sharers.map(([sharer]) => sharer)).toEqual([id]);
});

test("logs are kept as long as the deployment says", () => {
  template.allResourcesProperties("AWS::Logs::LogGroup", { RetentionInDays: 7 });
});

test("functions behind the gateway end before it gives up", () => {
  const behindGateway = functions.filter(([id]) => id.startsWith("Api"));
  expect(behindGateway.length).toBeGreaterThan(0);
  for (const [, { Properties }] of behindGateway) expect(Properties.Timeout).toBeLessThan(30);
});

test("settings reach the functions that need them", () => {
  expect(variablesOf("ApiPutWebhook")).toMatchObject({ WEBHOOKS_PER_CACHE: "12" });
  expect(variablesOf("ApiPublish")).toMatchObject({ RETENTION_DAYS: "3" });
  expect(variablesOf("WorkersRecover")).toMatchObject({ RECOVER_RATE: "40" });
  expect(variablesOf("WorkersDeliver")).toMatchObject({
    ALLOW_PRIVATE_DESTINATIONS: "false",
    RETRY_SCHEDULE_SECONDS: "5,300,1800,7200,18000,36000,50400,72000,86400",
  });
});

test("a function is told of nothing but what it is linked to", () => {
  expect(Object.keys(variablesOf("ApiAuthorize"))).toEqual(["API_KEYS_TABLE", "METRICS_STACK"]);
  expect(Object.keys(variablesOf("ApiGetWebhookSecret"))).toEqual([
    "WEBHOOKS_TABLE",
    "DATA_KEY_ID",
  ]);
});

test("unchanged functions are not deployed again: their assets are named by what they hold", () => {
  const assets = () =>
    Object.values(synthesize().template.findResources("AWS::Lambda::Function")).map(
      ({ Properties }) => Properties.Code.S3Key,
    );
  const first = assets();
  expect(first).not.toContain(undefined);
  expect(assets()).toEqual(first);
});
