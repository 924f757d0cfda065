import { join } from "node:path";
import type { AllowedHost } from "../allowed-hosts.ts";
import type { Authorize } from "../aws/permission.ts";
import { isAllowed, type Policies } from "../aws/policy.ts";
import { secretsOf } from "../aws/secrets.ts";
import { startDynamoDb } from "../dynamodb/start.ts";
import { startKms } from "../kms/start.ts";
import { operator } from "../operator.ts";
import { startSqs } from "../sqs/start.ts";
import { createCallCounter } from "./call-counter.ts";
import type { Engines } from "./engine-protocol.ts";

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
  return {
    endpoints: { dynamodb: dynamodb.url, sqs: sqs.url, kms: kms.url },
    provision: async (wanted) => {
      policies = wanted.policies;
      await Promise.all([
        ...wanted.tables.map((table) => dynamodb.provideTable(table)),
        ...wanted.queues.map((queue) => sqs.provideQueue(queue)),
      ]);
    },
    calls: async () => counter.counts(),
    close: async () => {
      await Promise.all([dynamodb.close(), sqs.close(), kms.close()]);
    },
  };
}
