import type { SecretOf } from "../aws/secrets.ts";
import type { DirectLine } from "../direct/direct-protocol.ts";
import type { EventSource } from "../template/event-sources.ts";
import type { LambdaFunction } from "../template/functions.ts";
import { type Endpoints, environmentOf } from "./environment.ts";
import { createFunctionPool, type FunctionStats } from "./function-pool.ts";
import type { Log } from "./log-lines.ts";

/** Invokes a function by its name. @throws {FunctionError} */
export type Invoke = (functionName: string, event: unknown) => Promise<unknown>;

export interface Functions {
  invoke: Invoke;
  /** Settles when no invocation of the function waits for an environment. */
  ready: (functionName: string) => Promise<void>;
  /** Has another bundle for all further invocations; settles when none runs the old one any more. */
  replaceCode: (functionName: string, codeFolder: string) => Promise<void>;
  kill: (functionName: string) => Promise<void>;
  stats: () => Promise<Record<string, FunctionStats>>;
  close: () => Promise<void>;
}

interface FunctionsOptions {
  endpoints: Endpoints;
  secretOf: SecretOf;
  /** Opens a line to the engines. */
  connect: () => DirectLine;
  /** Scaled to this machine. */
  eventSources: EventSource[];
  /** Whether a debugger may stop them for as long as it likes. */
  isDebugged: boolean;
  log: Log;
}

const defaultConcurrency = 8;

/** Makes every function of the stack ready to be invoked; a thread starts with the first invocation. */
export function startFunctions(
  functions: LambdaFunction[],
  { endpoints, secretOf, connect, eventSources, isDebugged, log }: FunctionsOptions,
): Functions {
  const pools = new Map(
    functions.map((fn) => {
      const pool = createFunctionPool({
        codeFolder: fn.codeFolder,
        handler: fn.handler,
        functionName: fn.name,
        functionArn: fn.arn,
        memoryMb: fn.memoryMb,
        timeoutSeconds: fn.timeoutSeconds,
        environment: environmentOf(fn, endpoints, secretOf),
        connect,
        isUnhurried: isDebugged,
        maximumConcurrency: concurrencyOf(fn, eventSources),
        log,
      });
      return [fn.name, pool] as const;
    }),
  );
  const poolOf = (functionName: string) => {
    const pool = pools.get(functionName);
    if (!pool) throw new Error(`There is no function ${functionName}`);
    return pool;
  };
  return {
    invoke: async (functionName, event) => await poolOf(functionName).invoke(event),
    ready: async (functionName) => await poolOf(functionName).ready(),
    replaceCode: async (functionName, codeFolder) =>
      await poolOf(functionName).replaceCode(codeFolder),
    kill: async (functionName) => await poolOf(functionName).kill(),
    stats: async () => {
      const entries = [...pools].map(async ([name, pool]) => [name, await pool.stats()] as const);
      return Object.fromEntries(await Promise.all(entries));
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

function concurrencyOf(fn: LambdaFunction, eventSources: EventSource[]): number {
  if (fn.reservedConcurrency !== undefined) return fn.reservedConcurrency;
  const own = eventSources.filter(({ functionName }) => functionName === fn.name);
  const wanted = own.reduce((sum, { maximumConcurrency }) => sum + maximumConcurrency, 0);
  return wanted || defaultConcurrency;
}
