import { randomUUID } from "node:crypto";
import { Environments, type EnvironmentsOptions } from "./environments.ts";

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
export class FunctionPool {
  readonly #environments: Environments;
  #firstInvocationMs: number | undefined;
  #invocations = 0;
  #failures = 0;

  constructor(options: PoolOptions) {
    this.#environments = new Environments(options);
  }

  /** Invokes the function with what JSON keeps of `event`. @throws {FunctionError} */
  async invoke(event: unknown): Promise<unknown> {
    const sandbox = await this.#environments.acquire();
    const startedMs = performance.now();
    this.#invocations += 1;
    try {
      return JSON.parse(await sandbox.invoke(randomUUID(), JSON.stringify(event)));
    } catch (error) {
      this.#failures += 1;
      throw error;
    } finally {
      this.#firstInvocationMs ??= performance.now() - startedMs;
      this.#environments.release(sandbox);
    }
  }

  /** Settles when no invocation so far waits for an environment. */
  async ready(): Promise<void> {
    await this.#environments.allServed();
  }

  async stats(): Promise<FunctionStats> {
    return {
      initMs: [...this.#environments.initMs],
      firstInvocationMs: this.#firstInvocationMs,
      invocations: this.#invocations,
      failures: this.#failures,
      cpuMs: await this.#environments.cpuMs(),
    };
  }

  /** Settles when no invocation runs the old code any more. */
  async replaceCode(codeFolder: string): Promise<void> {
    await this.#environments.replaceCode(codeFolder);
  }

  async kill(): Promise<void> {
    await this.#environments.kill();
  }

  async close(): Promise<void> {
    await this.#environments.close();
  }
}
