import { join } from "node:path";
import type { MessagePort } from "node:worker_threads";
import type { AllowedHost } from "../allowed-hosts.ts";
import type { Authorize } from "../aws/permission.ts";
import { isAllowed, type Policies } from "../aws/policy.ts";
import { secretsOf } from "../aws/secrets.ts";
import type { AwsServer } from "../aws/server.ts";
import { answerPort } from "../direct/answer-port.ts";
import { startDynamoDb } from "../dynamodb/start.ts";
import { startEvents } from "../events/start.ts";
import { startKms } from "../kms/start.ts";
import { operator } from "../operator.ts";
import { collectGarbage } from "../process/collect-garbage.mjs";
import { startSns } from "../sns/start.ts";
import { startSqs } from "../sqs/start.ts";
import { createCallCounter } from "./call-counter.ts";
import type { Engines, Provision } from "./engine-protocol.ts";

export interface EnginesOptions {
  dataDir: string;
  /** What the secrets of all principals are made of. */
  runSecret: Uint8Array;
  allowedHosts: readonly AllowedHost[];
}

/** Starts the embedded engines on the files of a data folder. */
export async function runEngines({
  dataDir,
  runSecret,
  allowedHosts,
}: EnginesOptions): Promise<Engines> {
  let policies: Policies = {};
  const counter = createCallCounter();
  const options = {
    secretOf: secretsOf(runSecret),
    allowedHosts,
    authorize: (({ accessKeyId, action, resource, context }) =>
      accessKeyId === operator ||
      isAllowed(policies[accessKeyId] ?? [], action, resource, context)) satisfies Authorize,
    onCall: counter.count,
  };
  const dynamodb = await startDynamoDb({ ...options, path: join(dataDir, "dynamodb") });
  const sqs = await startSqs({
    ...options,
    path: join(dataDir, "sqs.sqlite"),
    releaseInFlightAtStart: true,
  });
  const kms = await startKms({ ...options, keyFile: join(dataDir, "kms.key") });
  const started: AwsServer[] = [dynamodb, sqs, kms];
  const ports = new Set<MessagePort>();

  async function startWhatIsThere({ buses, eventRules: rules, topics }: Provision) {
    const more = { ...options, send: sqs.sendFromService };
    const events = rules.length > 0 ? await startEvents({ ...more, buses, rules }) : undefined;
    if (events) started.push(events);
    const isSubscribed = topics.some(({ subscriptions }) => subscriptions.length > 0);
    const sns = isSubscribed ? await startSns({ ...more, topics }) : undefined;
    if (sns) started.push(sns);
    return { ...(events && { eventbridge: events.url }), ...(sns && { sns: sns.url }) };
  }

  return {
    endpoints: { dynamodb: dynamodb.url, sqs: sqs.url, kms: kms.url },
    provision: async (wanted) => {
      policies = wanted.policies;
      await Promise.all([
        ...wanted.tables.map((table) => dynamodb.provideTable(table)),
        ...wanted.queues.map((queue) => sqs.provideQueue(queue)),
      ]);
      return await startWhatIsThere(wanted);
    },
    connect: (port) => {
      ports.add(port);
      port.on("close", () => ports.delete(port));
      answerPort(port, (origin) => started.find(({ url }) => url === origin)?.answerOf);
    },
    calls: async () => counter.counts(),
    rest: async () => collectGarbage(),
    close: async () => {
      // The later ones send to the earlier ones.
      for (const server of started.toReversed()) await server.close();
      for (const port of ports) port.close();
    },
  };
}
