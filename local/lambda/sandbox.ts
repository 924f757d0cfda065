import { Worker } from "node:worker_threads";
import { uptimeMs } from "../clock/uptime.mjs";
import type { DirectLine } from "../direct/direct-protocol.ts";
import { adviceOnOpenFiles } from "../starting/open-files.ts";
import { crashed, FunctionError, timedOut } from "./function-error.ts";
import { type Log, logLines } from "./log-lines.ts";
import type { Order, WorkerData, WorkerMessage } from "./protocol.ts";

export interface SandboxOptions extends Omit<WorkerData, "direct"> {
  /** Opens a line to the engines for one environment. */
  connect?: (() => DirectLine) | undefined;
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

// One invocation at a time leaves little behind that lives; by default it may be 48 MB a thread.
const maxYoungGenerationSizeMb = 8;
// Lambda's own limit for loading a module.
const initTimeoutSeconds = 10;

/** One environment of a function: a thread that handles one invocation after the other until it dies. */
export interface Sandbox {
  readonly isAlive: boolean;
  /** Settles when the thread is gone. */
  readonly ended: Promise<void>;
  /** Settles when the module is loaded: milliseconds that this took. */
  readonly ready: Promise<number>;
  /** Runs the handler; `payload` and the result are JSON. */
  invoke(requestId: string, payload: string): Promise<string>;
  /** Returns what tells how much of the time since this call the thread was busy, of 1. */
  watchBusyShare(): () => number;
  /** Has the thread give memory back that it does not need while nothing runs. */
  rest(): void;
  /** Milliseconds of CPU that this environment has used. */
  cpuMs(): Promise<number>;
  terminate(): Promise<void>;
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const { log, timeoutSeconds, functionName } = options;
  const worker = startWorker(options);
  const ended = Promise.withResolvers<void>();
  let waiting: Waiting | undefined;
  let isAlive = true;

  const terminate = async () => {
    isAlive = false;
    await worker.terminate();
  };

  const init = async () => {
    try {
      const message = await answerTo("init", initTimeoutSeconds);
      return message.kind === "ready" ? message.initMs : 0;
    } catch (error) {
      await terminate();
      throw error;
    }
  };

  /** The thread's next message; a failure is thrown, and a time-out ends the thread as well. */
  const answerTo = async (requestId: string, seconds: number): Promise<WorkerMessage> => {
    if (!isAlive) throw crashed(requestId, "the environment has ended");
    const { promise, resolve, reject } = Promise.withResolvers<WorkerMessage>();
    waiting = { requestId, resolve, reject };
    const giveUp = () => {
      reject(timedOut(requestId, seconds));
      void terminate();
    };
    const timer = options.isUnhurried ? undefined : setTimeout(giveUp, seconds * 1000);
    try {
      const message = await promise;
      if (message.kind === "failed") throw new FunctionError(message.failure);
      return message;
    } finally {
      clearTimeout(timer);
      waiting = undefined;
    }
  };

  const crash = (error: unknown) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // That files have run out is told by whoever asked for another environment.
    if (!adviceOnOpenFiles(reason)) log(`[${functionName}] ${reason}`);
    die(reason);
  };

  /** What the thread said last may come by its other port a moment after the news of its end. */
  const die = (reason: string) => {
    isAlive = false;
    const caller = waiting;
    if (caller) setImmediate(() => caller.reject(crashed(caller.requestId, reason)));
  };

  worker.on("message", (message: WorkerMessage) => waiting?.resolve(message));
  worker.on("error", crash);
  worker.on("exit", (code) => {
    die(`exit status ${code}`);
    ended.resolve();
  });
  const ready = init();
  // Whoever invokes sees the failure; until somebody does, it is no unhandled rejection.
  ready.catch(() => undefined);

  return {
    get isAlive() {
      return isAlive;
    },
    ended: ended.promise,
    ready,
    async invoke(requestId, payload) {
      await ready;
      const answer = answerTo(requestId, timeoutSeconds);
      const deadlineMs = uptimeMs() + timeoutSeconds * 1000;
      worker.postMessage({ kind: "invoke", requestId, payload, deadlineMs } satisfies Order);
      const message = await answer;
      return message.kind === "done" ? message.payload : "null";
    },
    watchBusyShare() {
      const before = worker.performance.eventLoopUtilization();
      return () => {
        const now = worker.performance.eventLoopUtilization();
        return worker.performance.eventLoopUtilization(now, before).utilization;
      };
    },
    rest: () => worker.postMessage({ kind: "rest" } satisfies Order),
    async cpuMs() {
      // Node 22 counts it only since 22.20.
      if (!isAlive || typeof worker.cpuUsage !== "function") return 0;
      // It may exit in this very moment; what it used is then unknown.
      const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
      return (user + system) / 1000;
    },
    terminate,
  };
}

function startWorker(options: SandboxOptions): Worker {
  const { codeFolder, handler, functionName, functionArn, memoryMb, environment, log } = options;
  const direct = options.connect?.();
  const workerData: WorkerData = {
    ...{ codeFolder, handler, functionName, functionArn, memoryMb },
    ...(direct && { direct }),
  };
  const worker = new Worker(new URL("./worker.mjs", import.meta.url), {
    name: functionName,
    workerData,
    transferList: direct ? [direct.port] : [],
    env: environment,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb },
  });
  logLines(worker.stdout, functionName, log);
  logLines(worker.stderr, functionName, log);
  return worker;
}
