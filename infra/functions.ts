import { type OperationId, operationGroups, routes } from "../shared/contract/routes.ts";

/** What a function may use while it runs. */
export interface Size {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
}

interface Spec extends Size {
  readonly entry: string;
}

/** The functions that no route names. */
const workers = {
  authorize: { entry: "functions/authorize.ts", memoryMb: 512, timeoutSeconds: 5 },
  // As long as publish, and never near it.
  publishByUrl: { entry: "functions/publish-by-url.ts", memoryMb: 512, timeoutSeconds: 10 },
  // One batch of ten POSTs, each with its own deadline of at most 30 s, and their rows after them.
  deliver: { entry: "functions/queue/deliver.ts", memoryMb: 384, timeoutSeconds: 60 },
  sweep: { entry: "functions/sweep.ts", memoryMb: 512, timeoutSeconds: 55 },
  fanOut: { entry: "functions/queue/fan-out.ts", memoryMb: 512, timeoutSeconds: 30 },
  recover: { entry: "functions/queue/recover.ts", memoryMb: 512, timeoutSeconds: 30 },
  // A hundred rows; or each minute, those that the stream did not bring.
  outbox: { entry: "functions/queue/outbox.ts", memoryMb: 512, timeoutSeconds: 55 },
  // Ten bodies of a hundred entries at most, each of which may have a topic of its own.
  ingest: { entry: "functions/queue/ingest.ts", memoryMb: 512, timeoutSeconds: 30 },
} as const satisfies Record<string, Spec>;

/** Memory buys CPU in proportion, and to load a bundle is all CPU. */
const usualSize: Size = { memoryMb: 512, timeoutSeconds: 10 };

/** API Gateway gives up after 30 s, so no longer time-out would be of use to anyone. */
const operationSizes: Partial<Record<OperationId, Size>> = {
  // It waits 10 s for the receiver; the rest is for a start and for the key that opens the secret.
  testWebhook: { memoryMb: 512, timeoutSeconds: 20 },
  listWebhooks: { memoryMb: 512, timeoutSeconds: 20 },
  // A thousand webhooks are a thousand reads of what was counted.
  getOverview: { memoryMb: 1024, timeoutSeconds: 25 },
  listAllWebhooks: { memoryMb: 512, timeoutSeconds: 20 },
};

export type WorkerName = keyof typeof workers;
export type FunctionName = OperationId | WorkerName;

export const operationIds = keysOf(routes);
const functionNames: readonly FunctionName[] = [...operationIds, ...keysOf(workers)];

export function sizeOf(name: FunctionName): Size {
  return isWorker(name) ? workers[name] : (operationSizes[name] ?? usualSize);
}

/** The entry file of every function, relative to the repository's root. */
export const entries: Readonly<Record<string, string>> = Object.fromEntries(
  functionNames.map((name) => [name, entryOf(name)]),
);

/** An operation's file lies in the folder of its group, as its description does. */
function entryOf(name: FunctionName): string {
  if (isWorker(name)) return workers[name].entry;
  const group = keysOf(operationGroups).find((group) =>
    Object.hasOwn(operationGroups[group], name),
  );
  return `functions/http/${group}/${kebabCase(name)}.ts`;
}

export function isOperation(name: FunctionName): name is OperationId {
  return !isWorker(name);
}

function isWorker(name: FunctionName): name is WorkerName {
  return Object.hasOwn(workers, name);
}

function kebabCase(camelCase: string): string {
  return camelCase.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] {
  // `Object.keys` forgets which keys a constant has.
  return Object.keys(table) as Key[];
}
