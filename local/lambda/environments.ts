import { adviceOnOpenFiles } from "../starting/open-files.ts";
import type { FunctionError } from "./function-error.ts";
import { Sandbox, type SandboxOptions } from "./sandbox.ts";
import { createScaleUpDelay } from "./scale-up-delay.ts";

export interface EnvironmentsOptions extends SandboxOptions {
  /** How many environments there may be at a time. */
  maximumConcurrency: number;
}

interface Idle {
  sandbox: Sandbox;
  timer: NodeJS.Timeout;
}

interface Waiting extends PromiseWithResolvers<Sandbox> {
  sinceMs: number;
}

const idleMs = 60_000;
const checkMs = 50;
/** How long no other is started after one had no file or socket left to open. */
const noFilesPauseMs = 1_000;

/** The environments of one function: they come with demand and go when they have been idle. */
export class Environments {
  /** How long each took to load, in the order of their start. */
  readonly initMs: number[] = [];
  #options: EnvironmentsOptions;
  readonly #all = new Set<Sandbox>();
  readonly #idle: Idle[] = [];
  readonly #outdated = new Set<Sandbox>();
  readonly #waiting: Waiting[] = [];
  readonly #scaleUpDelayMs = createScaleUpDelay();
  #retiredCpuMs = 0;
  #isStarting = false;
  #isClosed = false;
  #check: NodeJS.Timeout | undefined;
  #notBeforeMs = 0;

  constructor(options: EnvironmentsOptions) {
    this.#options = options;
  }

  /** An environment for one invocation; hand it back with `release`. */
  acquire(): Promise<Sandbox> {
    const idle = this.#idle.pop();
    if (idle) {
      clearTimeout(idle.timer);
      if (idle.sandbox.isAlive) return Promise.resolve(idle.sandbox);
      this.#all.delete(idle.sandbox);
      return this.acquire();
    }
    const waiting = { ...Promise.withResolvers<Sandbox>(), sinceMs: performance.now() };
    this.#waiting.push(waiting);
    this.#grow();
    return waiting.promise;
  }

  /** Settles when everybody has an environment who waits for one now. */
  async allServed(): Promise<void> {
    await this.#waiting.at(-1)?.promise.catch(() => undefined);
  }

  release(sandbox: Sandbox): void {
    const isOutdated = this.#outdated.delete(sandbox);
    if (isOutdated) void this.#end(sandbox);
    if (isOutdated || !sandbox.isAlive) {
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
    const timer = setTimeout(() => void this.#retire(sandbox), idleMs);
    timer.unref();
    this.#idle.push({ sandbox, timer });
  }

  /** Milliseconds of CPU that all of them have used, but for those that crashed. */
  async cpuMs(): Promise<number> {
    const living = await Promise.all([...this.#all].map((sandbox) => sandbox.cpuMs()));
    return living.reduce((sum, ms) => sum + ms, this.#retiredCpuMs);
  }

  /** Ends all of them at once; what they were doing fails, and the next invocations get new ones. */
  async kill(): Promise<void> {
    await Promise.all([...this.#all].map((sandbox) => sandbox.terminate()));
  }

  /** Has new code for every invocation from now on; settles when nothing runs the old one any more. */
  async replaceCode(codeFolder: string): Promise<void> {
    this.#options = { ...this.#options, codeFolder };
    const old = [...this.#all];
    const idle = this.#idle.splice(0);
    for (const sandbox of old) this.#outdated.add(sandbox);
    for (const { sandbox, timer } of idle) {
      clearTimeout(timer);
      this.release(sandbox);
    }
    await Promise.all(old.map(({ ended }) => ended));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#check);
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("The host is stopping"));
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
    await this.kill();
  }

  /** Starts another one when somebody has waited long enough for one to come free. */
  #grow(): void {
    const [first] = this.#waiting;
    if (!first || this.#isStarting || this.#isClosed) return;
    if (this.#all.size >= this.#options.maximumConcurrency) return;
    const nowMs = performance.now();
    const hasWaited = nowMs - first.sinceMs >= this.#scaleUpDelayMs() && nowMs >= this.#notBeforeMs;
    if (this.#all.size === 0 || hasWaited) {
      this.#start();
      return;
    }
    this.#check ??= setTimeout(() => {
      this.#check = undefined;
      this.#grow();
    }, checkMs);
  }

  #start(): void {
    const sandbox = new Sandbox(this.#options);
    this.#all.add(sandbox);
    this.#isStarting = true;
    sandbox.ready
      .then((initMs) => void this.initMs.push(initMs))
      .catch((error: FunctionError) => this.#failToStart(error))
      .finally(() => {
        this.#isStarting = false;
        this.release(sandbox);
      });
  }

  /** Where files and sockets have run out, whoever waits is served by those that are there. */
  #failToStart(error: FunctionError): void {
    const advice = adviceOnOpenFiles(error.message);
    const { functionName, log } = this.#options;
    if (advice) log(`[${functionName}] no further environment could start: ${advice}`);
    if (advice && this.#all.size > 1) this.#notBeforeMs = performance.now() + noFilesPauseMs;
    else this.#waiting.shift()?.reject(error);
  }

  /** The last one stays, so that a quiet function keeps answering at once. */
  async #retire(sandbox: Sandbox): Promise<void> {
    if (this.#all.size <= 1) return;
    const index = this.#idle.findIndex((idle) => idle.sandbox === sandbox);
    this.#idle.splice(index, 1);
    await this.#end(sandbox);
  }

  async #end(sandbox: Sandbox): Promise<void> {
    this.#all.delete(sandbox);
    this.#retiredCpuMs += await sandbox.cpuMs();
    await sandbox.terminate();
  }
}
