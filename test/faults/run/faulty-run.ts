import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { devKey } from "../../../local/dev-key.ts";
import { startHost } from "../../../local/host.ts";
import { callTimeouts } from "../../../shared/aws/connections.ts";
import { root } from "../../support/process/program.ts";
import { type Api, api } from "../../support/service/api.ts";
import { editedAssembly } from "../../support/service/edited-assembly.ts";
import { type Engine, startAwsProxy } from "./aws-proxy.ts";
import { createInjector, type Injector, isCalled } from "./injector.ts";
import { type Operator, openOperator } from "./operator.ts";
import { openReceipts } from "./receipts.ts";
import { shortenWaits, type Waits } from "./short-waits.ts";

/** The whole service in this process, with everything that its functions ask of the engines open to faults. */
export interface FaultyRun {
  url: string;
  /** May do everything. */
  key: string;
  call: Api;
  inject: Injector["inject"];
  /** Sees and does what no fault strikes. */
  operator: Operator;
  /** The environment of operators' programs. */
  operatorEnv: Readonly<Record<string, string>>;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Ends every environment of the function in the middle of what it is doing, which the queues hand out again at once. */
  kill(functionName: string): Promise<void>;
  /** How many invocations of the function have ended in an error. */
  failuresOf(functionName: string): Promise<number>;
  /** What the service has logged so far. */
  lines: string[];
}

/** Starts a run for all tests of a file. */
export async function startFaultyRun(
  waits: Partial<Waits> = {},
  variables: Readonly<Record<string, string>> = {},
): Promise<FaultyRun> {
  const parts = new AsyncDisposableStack();
  afterAll(() => parts.disposeAsync());
  const dataDir = await mkdtemp(join(tmpdir(), "hookcast-faults-"));
  parts.defer(() => rm(dataDir, { recursive: true, force: true }));

  const injector = createInjector();
  const receipts = openReceipts();
  const intercept = receipts.noting(injector.intercept);
  const between = async (engine: Engine) => parts.use(await startAwsProxy(engine, intercept)).url;
  const lines: string[] = [];
  const host = await startHost({
    assembly: await editedAssembly(
      (resources) => shortenWaits(resources, waits, variables),
      afterAll,
    ),
    dataDir,
    port: 0,
    log: (line) => lines.push(line),
    intercept: async ({ dynamodb, sqs, kms }, secretOf) => ({
      dynamodb: await between({ service: "dynamodb", url: dynamodb, secretOf }),
      sqs: await between({ service: "sqs", url: sqs, secretOf }),
      kms,
    }),
  });
  parts.defer(host.close);

  const { operatorEnv } = host;
  // The product's own stores and queues, where a test opens one, act with an operator's rights and share this process
  // with the engines, so that a busy machine holds up both.
  Object.assign(callTimeouts, { connectionMs: 60_000, requestMs: 60_000 });
  Object.assign(process.env, operatorEnv, {
    WEBHOOKS_TABLE: operatorEnv.WebhooksTable,
    MESSAGES_TABLE: operatorEnv.MessagesTable,
    DELIVERIES_TABLE: operatorEnv.DeliveriesTable,
    RETRY_QUEUE_URL: operatorEnv.RetryQueue,
    DELIVERY_QUEUE_URLS: operatorEnv.DeliveryQueue,
    FAN_OUT_QUEUE_URL: operatorEnv.FanOutQueue,
    RETENTION_DAYS: "30",
  });
  const functionNames = Object.keys(await host.functions());
  const idOf = (name: string) => {
    const id = functionNames.find((logicalId) => isCalled(logicalId, name));
    if (!id) throw new Error(`there is no function ${name}`);
    return id;
  };
  const key = await devKey(join(root, "ops/keys.ts"), dataDir, operatorEnv);
  return {
    url: host.url,
    key,
    call: api(host.url, key),
    inject: injector.inject,
    operator: await openOperator(operatorEnv),
    operatorEnv,
    invoke: (name, event) => host.invoke(idOf(name), event),
    kill: async (name) => {
      await host.kill(idOf(name));
      await receipts.showAgain(idOf(name));
    },
    failuresOf: async (name) => (await host.functions())[idOf(name)]?.failures ?? 0,
    lines,
  };
}
