import { randomUUID } from "node:crypto";
import { createEnvironments, type EnvironmentsOptions } from "./environments.ts";

export type PoolOptions = EnvironmentsOptions;

/** What the bench reads; milliseconds where the name says Ms. */
export interface FunctionStats {
  /** One per environment that has started. */
  initMs: number[];
  /** Without the initialisation before it. */
  firstInvocationMs: number | undefined;
  invocations: number;
  failures: number;
  cpuMs: number;
}

/** One function: every invocation gets an environment of its own for as long as it takes. */
export interface FunctionPool {
  /** Invokes the function with what JSON keeps of `event`. @throws {FunctionError} */
  invoke(event: unknown): Promise<unknown>;
  /** Settles when no invocation so far waits for an environment. */
  ready(): Promise<void>;
  stats(): Promise<FunctionStats>;
  /** Settles when no invocation runs the old code any more. */
  replaceCode(codeFolder: string): Promise<void>;
  kill(): Promise<void>;
  close(): Promise<void>;
}

export function createFunctionPool(options: PoolOptions): FunctionPool {
  const environments = createEnvironments(options);
  let firstInvocationMs: number | undefined;
  let invocations = 0;
  let failures = 0;
  return {
    async invoke(event) {
      const sandbox = await environments.acquire();
      const startedMs = performance.now();
      invocations += 1;
      try {
        return JSON.parse(await sandbox.invoke(randomUUID(), JSON.stringify(event)));
      } catch (error) {
        failures += 1;
        throw error;
      } finally {
        firstInvocationMs ??= performance.now() - startedMs;
        environments.release(sandbox);
      }
    },
    ready: environments.allServed,
    stats: async () => ({
      initMs: [...environments.initMs],
      firstInvocationMs,
      invocations,
      failures,
      cpuMs: await environments.cpuMs(),
    }),
    replaceCode: environments.replaceCode,
    kill: environments.kill,
    close: environments.close,
  };
}
