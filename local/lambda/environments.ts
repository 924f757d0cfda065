import { adviceOnOpenFiles } from "../starting/open-files.ts";
import { watchBusyShare } from "./busy-share.ts";
import type { FunctionError } from "./function-error.ts";
import { createSandbox, type Sandbox, type SandboxOptions } from "./sandbox.ts";
import { createScaleUp } from "./scale-up.ts";

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

const idleMs = 10_000;
const checkMs = 50;
/** How long no other is started after one had no file or socket left to open. */
const noFilesPauseMs = 1_000;

/** The environments of one function: they start when calls need them and end when they have been idle. */
export interface Environments {
  /** How long each took to load, in the order of their start. */
  readonly initMs: readonly number[];
  /** An environment for one invocation; hand it back with `release`. */
  acquire(): Promise<Sandbox>;
  /** Settles when everybody has an environment who waits for one now. */
  allServed(): Promise<void>;
  release(sandbox: Sandbox): void;
  /** Milliseconds of CPU that all of them have used, but for those that crashed. */
  cpuMs(): Promise<number>;
  /** Ends all of them at once; what they were doing fails, and the next invocations get new ones. */
  kill(): Promise<void>;
  /** Has new code for every invocation from now on; settles when nothing runs the old one any more. */
  replaceCode(codeFolder: string): Promise<void>;
  close(): Promise<void>;
}

export function createEnvironments(first: EnvironmentsOptions): Environments {
  const initMs: number[] = [];
  let options = first;
  const all = new Set<Sandbox>();
  const idle: Idle[] = [];
  const outdated = new Set<Sandbox>();
  const waiting: Waiting[] = [];
  const wouldHelp = createScaleUp();
  let retiredCpuMs = 0;
  let isStarting = false;
  let isClosed = false;
  let check: NodeJS.Timeout | undefined;
  let notBeforeMs = 0;

  const acquire = (): Promise<Sandbox> => {
    const last = idle.pop();
    if (last) {
      clearTimeout(last.timer);
      if (last.sandbox.isAlive) return Promise.resolve(last.sandbox);
      all.delete(last.sandbox);
      return acquire();
    }
    const one = { ...Promise.withResolvers<Sandbox>(), sinceMs: performance.now() };
    waiting.push(one);
    grow();
    return one.promise;
  };

  const release = (sandbox: Sandbox) => {
    const isOutdated = outdated.delete(sandbox);
    if (isOutdated) void end(sandbox);
    if (isOutdated || !sandbox.isAlive) {
      all.delete(sandbox);
      grow();
      return;
    }
    const next = waiting.shift();
    if (next) {
      next.resolve(sandbox);
      grow();
      return;
    }
    const timer = setTimeout(() => void retire(sandbox), idleMs);
    timer.unref();
    idle.push({ sandbox, timer });
  };

  /** Looks after a moment whether another one should be started for whoever still waits. */
  const grow = () => {
    if (waiting.length === 0 || isStarting || isClosed) return;
    if (all.size >= options.maximumConcurrency) return;
    if (all.size === 0) {
      start();
      return;
    }
    if (check) return;
    const busyShare = watchBusyShare(all);
    check = setTimeout(() => {
      check = undefined;
      const nowMs = performance.now();
      const waitedMs = nowMs - (waiting[0]?.sinceMs ?? nowMs);
      const helps = wouldHelp({ size: all.size, waitedMs, busyShare: busyShare() });
      if (helps && !isStarting && nowMs >= notBeforeMs) start();
      else grow();
    }, checkMs);
  };

  const start = () => {
    const sandbox = createSandbox(options);
    all.add(sandbox);
    isStarting = true;
    sandbox.ready
      .then((ms) => void initMs.push(ms))
      .catch((error: FunctionError) => failToStart(error))
      .finally(() => {
        isStarting = false;
        release(sandbox);
      });
  };

  /** Where files and sockets have run out, whoever waits is served by those that are there. */
  const failToStart = (error: FunctionError) => {
    const advice = adviceOnOpenFiles(error.message);
    const { functionName, log } = options;
    if (advice) log(`[${functionName}] no further environment could start: ${advice}`);
    if (advice && all.size > 1) notBeforeMs = performance.now() + noFilesPauseMs;
    else waiting.shift()?.reject(error);
  };

  /** The last one stays, so that a quiet function keeps answering at once, but gives back what it can spare. */
  const retire = async (sandbox: Sandbox) => {
    if (all.size <= 1) {
      sandbox.rest();
      return;
    }
    const index = idle.findIndex((one) => one.sandbox === sandbox);
    idle.splice(index, 1);
    await end(sandbox);
  };

  const end = async (sandbox: Sandbox) => {
    all.delete(sandbox);
    retiredCpuMs += await sandbox.cpuMs();
    await sandbox.terminate();
  };

  const kill = async () => {
    await Promise.all([...all].map((sandbox) => sandbox.terminate()));
  };

  return {
    ...{ initMs, acquire, release, kill },
    async allServed() {
      await waiting.at(-1)?.promise.catch(() => undefined);
    },
    async cpuMs() {
      const living = await Promise.all([...all].map((sandbox) => sandbox.cpuMs()));
      return living.reduce((sum, ms) => sum + ms, retiredCpuMs);
    },
    async replaceCode(codeFolder) {
      options = { ...options, codeFolder };
      const old = [...all];
      const resting = idle.splice(0);
      for (const sandbox of old) outdated.add(sandbox);
      for (const { sandbox, timer } of resting) {
        clearTimeout(timer);
        release(sandbox);
      }
      await Promise.all(old.map(({ ended }) => ended));
    },
    async close() {
      isClosed = true;
      clearTimeout(check);
      for (const { reject } of waiting.splice(0)) reject(new Error("The host is stopping"));
      for (const { timer } of idle.splice(0)) clearTimeout(timer);
      await kill();
    },
  };
}
