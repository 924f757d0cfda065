import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as z from "zod/mini";
import { bundleFunctions } from "../../../infra/constructs/bundle.ts";
import { readAssembly } from "../../../local/assembly.ts";
import type { SecretOf } from "../../../local/aws/secrets.ts";
import { devKey } from "../../../local/dev-key.ts";
import { startHost } from "../../../local/host.ts";
import { type Endpoints, environmentOf } from "../../../local/lambda/environment.ts";
import type { LambdaFunction } from "../../../local/template/functions.ts";
import { readStack } from "../../../local/template/stack.ts";
import { isCalled } from "../../faults/run/injector.ts";
import { putWebhook } from "../../support/calls.ts";
import { root } from "../../support/process/program.ts";
import { api } from "../../support/service/api.ts";
import { orderEvent } from "../cost/order-event.ts";
import { atMost, type Goal } from "../goal.ts";
import { median } from "../spread.ts";
import { plainClients, reference } from "./loads.ts";
import { fileOf } from "./weights.ts";

/** Milliseconds of CPU of a fresh process, by Node itself, its compiler's and collector's threads included. */
export interface ColdStart {
  loadMs: number;
  firstInvocationMs: number;
}

export interface ColdStarts {
  authorize: ColdStart;
  publish: ColdStart;
  /** The yardstick: what it takes to load the SDK's two clients, in the same turns. */
  clientsLoadMs: number;
}

const place = { cacheName: "shop", webhookName: "hook", topicName: "orders" };
const run = promisify(execFile);
const tellCpu = `
  const { file, event } = JSON.parse(process.argv[1]);
  const start = process.cpuUsage();
  const { handler } = await import(file);
  const loaded = process.cpuUsage();
  const answer = event && await handler(event, { getRemainingTimeInMillis: () => 5000 });
  const ms = ({ user, system }) => (user + system) / 1000;
  const [total, loadMs] = [ms(process.cpuUsage(start)), ms(loaded) - ms(start)];
  console.log(JSON.stringify({ loadMs, firstInvocationMs: total - loadMs, answer }));
  process.exit();
`;
const Told = z.object({
  loadMs: z.number(),
  firstInvocationMs: z.number(),
  answer: z.optional(
    z.object({ context: z.optional(z.looseObject({})), statusCode: z.optional(z.int()) }),
  ),
});

/**
 * What a publish takes that finds no environment: the authorizer and `publish` each load in a fresh process, which
 * then handles one request of a service that runs in this one. They take turns with the yardstick.
 */
export async function measureColdStarts(assembly: string, rounds: number): Promise<ColdStarts> {
  const dataDir = await mkdtemp(join(tmpdir(), "hookcast-cold-"));
  let engines: { endpoints: Endpoints; secretOf: SecretOf } | undefined;
  const host = await startHost({
    assembly,
    dataDir,
    port: 0,
    log: () => undefined,
    intercept: async (endpoints, secretOf) => {
      engines = { endpoints, secretOf };
      return endpoints;
    },
  });
  try {
    if (!engines) throw new Error("the host has not told where its engines are");
    const { endpoints, secretOf } = engines;
    const stack = readStack(await readAssembly(assembly), {
      sqsUrl: endpoints.sqs,
      apiUrl: host.url,
    });
    const key = await devKey(join(root, "ops/keys.ts"), dataDir, host.operatorEnv);
    await putWebhook(api(host.url, key), { ...place, postUrl: "http://127.0.0.1:9/hook" });
    const startOf = (name: "authorize" | "publish") => {
      const fn = stack.functions.find((one) => isCalled(one.name, name));
      if (!fn) throw new Error(`there is no function ${name}`);
      const env = environmentOf(fn, endpoints, secretOf);
      return (event: object) => start(fileIn(fn), env, event);
    };
    const [authorize, publish] = [startOf("authorize"), startOf("publish")];
    using clients = await bundleFunctions(root, plainClients, { plugins: [] });
    const starts: ColdStarts[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const allowed = await authorize({ headers: { authorization: `Bearer ${key}` } });
      const { context } = allowed.answer ?? {};
      if (!context) throw new Error("the key was refused");
      const published = await publish(publishEvent(round, context));
      if (published.answer?.statusCode !== 202) throw new Error("the publish was refused");
      const { loadMs } = await start(fileOf(clients, reference), { PATH: "" });
      starts.push({ authorize: allowed, publish: published, clientsLoadMs: loadMs });
    }
    return {
      authorize: medianOf(starts.map((one) => one.authorize)),
      publish: medianOf(starts.map((one) => one.publish)),
      clientsLoadMs: median(starts.map((one) => one.clientsLoadMs)),
    };
  } finally {
    await host.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function fileIn({ codeFolder }: LambdaFunction): string {
  return join(codeFolder, "index.mjs");
}

async function start(file: string, env: Record<string, string>, event?: object) {
  const told = JSON.stringify({ file: pathToFileURL(file).href, event });
  const args = ["--input-type=module", "-e", tellCpu, told];
  const { stdout } = await run(process.execPath, args, { env });
  return z.parse(Told, JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}

/** What API Gateway sends after the authorizer has told whose key it was. */
function publishEvent(seed: number, lambda: object): object {
  const path = `/api/v1/caches/${place.cacheName}/topics/${place.topicName}`;
  return {
    version: "2.0",
    rawPath: path,
    rawQueryString: "",
    headers: { "content-type": "application/json" },
    pathParameters: { cacheName: place.cacheName, topicName: place.topicName },
    body: orderEvent(seed),
    isBase64Encoded: false,
    requestContext: {
      requestId: `cold-${seed}`,
      http: { method: "POST", path, sourceIp: "127.0.0.1", userAgent: "bench" },
      authorizer: { lambda },
    },
  };
}

function medianOf(starts: readonly ColdStart[]): ColdStart {
  return {
    loadMs: median(starts.map(({ loadMs }) => loadMs)),
    firstInvocationMs: median(starts.map(({ firstInvocationMs }) => firstInvocationMs)),
  };
}

export function coldMsOf({ authorize, publish }: ColdStarts): number {
  return [authorize, publish].reduce((sum, one) => sum + one.loadMs + one.firstInvocationMs, 0);
}

export function coldGoals(starts: ColdStarts): Goal[] {
  return [
    atMost("a publish without environments, authorizer included, CPU ms", 100, coldMsOf(starts)),
  ];
}
