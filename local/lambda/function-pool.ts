import { randomUUID } from "node:crypto";
import type { FunctionError } from "./function-error.ts";
import { createPatience } from "./patience.ts";
import { Sandbox, type SandboxOptions } from "./sandbox.ts";

export interface PoolOptions extends SandboxOptions {
  /** How many environments there may be at a time. */
  maximumConcurrency: number;
}

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

interface Idle {
  sandbox: Sandbox;
  timer: NodeJS.Timeout;
}

interface Waiting extends PromiseWithResolvers<Sandbox> {
  sinceMs: number;
}

const IDLE_MS = 60_000;
const CHECK_MS = 50;

/** The environments of one function; they come with demand and go when they have been idle. */
export class FunctionPool {
  readonly #options: PoolOptions;
  readonly #all = new Set<Sandbox>();
  readonly #idle: Idle[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #patienceMs = createPatience();
  readonly #stats: FunctionStats = {
    initMs: [],
    firstInvocationMs: undefined,
    invocations: 0,
    failures: 0,
    cpuMs: 0,
  };
  #isStarting = false;
  #isClosed = false;
  #check: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Invokes the function with what JSON keeps of `event`. @throws {FunctionError} */
  async invoke(event: unknown): Promise<unknown> {
    const sandbox = await this.#acquire();
    const startedMs = performance.now();
    this.#stats.invocations += 1;
    try {
      return JSON.parse(await sandbox.invoke(randomUUID(), JSON.stringify(event)));
    } catch (error) {
      this.#stats.failures += 1;
      throw error;
    } finally {
      this.#stats.firstInvocationMs ??= performance.now() - startedMs;
      this.#offer(sandbox);
    }
  }

  async stats(): Promise<FunctionStats> {
    const living = await Promise.all([...this.#all].map((sandbox) => sandbox.cpuMs()));
    const cpuMs = living.reduce((sum, ms) => sum + ms, this.#stats.cpuMs);
    return { ...this.#stats, cpuMs };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#check);
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("The pool is closed"));
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
    await Promise.all([...this.#all].map((sandbox) => sandbox.terminate()));
  }

  #acquire(): Promise<Sandbox> {
    const idle = this.#idle.pop();
    if (idle) {
      clearTimeout(idle.timer);
      if (idle.sandbox.isAlive) return Promise.resolve(idle.sandbox);
      this.#all.delete(idle.sandbox);
      return this.#acquire();
    }
    const waiting = { ...Promise.withResolvers<Sandbox>(), sinceMs: performance.now() };
    this.#waiting.push(waiting);
    this.#grow();
    return waiting.promise;
  }

  /** Starts another environment when somebody has waited long enough for one to come free. */
  #grow(): void {
    const [first] = this.#waiting;
    if (!first || this.#isStarting || this.#isClosed) return;
    if (this.#all.size >= this.#options.maximumConcurrency) return;
    if (this.#all.size === 0 || performance.now() - first.sinceMs >= this.#patienceMs()) {
      this.#start();
      return;
    }
    this.#check ??= setTimeout(() => {
      this.#check = undefined;
      this.#grow();
    }, CHECK_MS);
  }

  #start(): void {
    const sandbox = new Sandbox(this.#options);
    this.#all.add(sandbox);
    this.#isStarting = true;
    sandbox.ready
      .then((initMs) => void this.#stats.initMs.push(initMs))
      .catch((error: FunctionError) => this.#waiting.shift()?.reject(error))
      .finally(() => {
        this.#isStarting = false;
        this.#offer(sandbox);
      });
  }

  #offer(sandbox: Sandbox): void {
    if (!sandbox.isAlive) {
      this.#all.delete(sandbox);
      this.#grow();
      return;
    }
    const next = this.#waiting.shift();
    if (next) {
      next.resolve(sandbox);
      this.#grow();
      return;
    }
    const timer = setTimeout(() => void this.#retire(sandbox), IDLE_MS);
    timer.unref();
    this.#idle.push({ sandbox, timer });
  }

  /** The last one stays, so that a quiet function keeps answering at once. */
  async #retire(sandbox: Sandbox): Promise<void> {
    if (this.#all.size <= 1) return;
    const index = this.#idle.findIndex((idle) => idle.sandbox === sandbox);
    this.#idle.splice(index, 1);
    this.#all.delete(sandbox);
    this.#stats.cpuMs += await sandbox.cpuMs();
    await sandbox.terminate();
  }
}
