import { Worker } from "node:worker_threads";
import { uptimeMs } from "../clock/uptime.ts";
import { adviceOnOpenFiles } from "../starting/open-files.ts";
import { crashed, FunctionError, timedOut } from "./function-error.ts";
import { type Log, logLines } from "./log-lines.ts";
import type { Invocation, WorkerData, WorkerMessage } from "./protocol.ts";

export interface SandboxOptions extends WorkerData {
  timeoutSeconds: number;
  environment: Record<string, string>;
  /** Whether an invocation may take as long as it likes: a debugger may have stopped it. */
  isUnhurried?: boolean;
  log: Log;
}

interface Waiting {
  requestId: string;
  resolve: (message: WorkerMessage) => void;
  reject: (error: Error) => void;
}

// Lambda's own limit for loading a module.
const initTimeoutSeconds = 10;

/** One environment of a function: a thread that handles one invocation after the other until it dies. */
export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #worker: Worker;
  readonly #ready: Promise<number>;
  readonly #ended = Promise.withResolvers<void>();
  #waiting: Waiting | undefined;
  #isAlive = true;

  constructor(options: SandboxOptions) {
    const { codeFolder, handler, functionName, functionArn, memoryMb } = options;
    const workerData: WorkerData = { codeFolder, handler, functionName, functionArn, memoryMb };
    this.#options = options;
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), {
      name: functionName,
      workerData,
      env: options.environment,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    logLines(this.#worker.stdout, functionName, options.log);
    logLines(this.#worker.stderr, functionName, options.log);
    this.#worker.on("message", (message: WorkerMessage) => this.#waiting?.resolve(message));
    this.#worker.on("error", (error: unknown) => this.#crash(error));
    this.#worker.on("exit", (code) => {
      this.#die(`exit status ${code}`);
      this.#ended.resolve();
    });
    this.#ready = this.#init();
    // Whoever invokes sees the failure; until somebody does, it is no unhandled rejection.
    this.#ready.catch(() => undefined);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Settles when the thread is gone. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Settles when the module is loaded: milliseconds that this took. */
  get ready(): Promise<number> {
    return this.#ready;
  }

  /** Runs the handler; `payload` and the result are JSON. */
  async invoke(requestId: string, payload: string): Promise<string> {
    await this.#ready;
    const { timeoutSeconds } = this.#options;
    const answer = this.#answer(requestId, timeoutSeconds);
    const deadlineMs = uptimeMs() + timeoutSeconds * 1000;
    this.#worker.postMessage({ requestId, payload, deadlineMs } satisfies Invocation);
    const message = await answer;
    return message.kind === "done" ? message.payload : "null";
  }

  /** Milliseconds of CPU that this environment has used. */
  async cpuMs(): Promise<number> {
    if (!this.#isAlive) return 0;
    // It may exit in this very moment; what it used is then unknown.
    const { user, system } = await this.#worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    return (user + system) / 1000;
  }

  async terminate(): Promise<void> {
    this.#isAlive = false;
    await this.#worker.terminate();
  }

  async #init(): Promise<number> {
    try {
      const message = await this.#answer("init", initTimeoutSeconds);
      return message.kind === "ready" ? message.initMs : 0;
    } catch (error) {
      await this.terminate();
      throw error;
    }
  }

  /** The thread's next message; a failure is thrown, and a time-out ends the thread as well. */
  async #answer(requestId: string, timeoutSeconds: number): Promise<WorkerMessage> {
    if (!this.#isAlive) throw crashed(requestId, "the environment has ended");
    const { promise, resolve, reject } = Promise.withResolvers<WorkerMessage>();
    this.#waiting = { requestId, resolve, reject };
    const giveUp = () => {
      reject(timedOut(requestId, timeoutSeconds));
      void this.terminate();
    };
    const timer = this.#options.isUnhurried ? undefined : setTimeout(giveUp, timeoutSeconds * 1000);
    try {
      const message = await promise;
      if (message.kind === "failed") throw new FunctionError(message.failure);
      return message;
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  #crash(error: unknown): void {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // That files have run out is told by whoever wanted another environment.
    if (!adviceOnOpenFiles(reason)) this.#options.log(`[${this.#options.functionName}] ${reason}`);
    this.#die(reason);
  }

  /** What the thread said last may come by its other port a moment after the news of its end. */
  #die(reason: string): void {
    this.#isAlive = false;
    const waiting = this.#waiting;
    if (waiting) setImmediate(() => waiting.reject(crashed(waiting.requestId, reason)));
  }
}
