import { once } from "node:events";
import { availableParallelism } from "node:os";
import { type MessagePort, Worker } from "node:worker_threads";
import type { Endpoints } from "../lambda/environment.ts";
import type {
  CallCount,
  Connect,
  EngineRequest,
  EngineResponse,
  Engines,
} from "./engine-protocol.ts";
import { type EnginesOptions, runEngines } from "./run-engines.ts";

/**
 * So few are busy under load in any case. A call by the gateway's own thread then wakes no other, and a delivery takes
 * less CPU. Where there are more processors, a thread of their own does more at once.
 */
const fewProcessors = 2;

// By default it may be 96 MB on large machines, for garbage that is collected as fast in less.
const maxYoungGenerationSizeMb = 24;

// Omit on a union would keep only what all its members share.
type Asked = EngineRequest extends infer R
  ? R extends EngineRequest
    ? Omit<R, "id">
    : never
  : never;

/** Starts the engines in this thread, or in one of their own where there are processors for it. */
export async function startEngines(
  options: EnginesOptions,
  processors = availableParallelism(),
): Promise<Engines> {
  return processors > fewProcessors ? await startThread(options) : await runEngines(options);
}

async function startThread(options: EnginesOptions): Promise<Engines> {
  const worker = new Worker(new URL("./start-thread.mjs", import.meta.url), {
    workerData: options,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb },
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;

  const expect = (id: number) => {
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    return answer.promise;
  };
  const ask = (request: Asked) => {
    lastId += 1;
    const answer = expect(lastId);
    worker.postMessage({ ...request, id: lastId });
    return answer;
  };
  worker.on("message", ({ id, value, error }: EngineResponse) => {
    if (error) waiting.get(id)?.reject(error);
    else waiting.get(id)?.resolve(value);
    waiting.delete(id);
  });
  worker.on("error", (error) => {
    for (const { reject } of waiting.values()) reject(error);
    // Without the engines nothing can go on; whoever waits for no answer must learn of it, too.
    if (waiting.size === 0) throw error;
  });

  const connect = (port: MessagePort) => worker.postMessage({ port } satisfies Connect, [port]);

  return {
    connect,
    // The types of the answers are those of `Engines`, on the other side.
    endpoints: (await expect(0)) as Endpoints,
    provision: async (provision) => (await ask({ kind: "provision", provision })) as Endpoints,
    calls: async () => (await ask({ kind: "calls" })) as CallCount[],
    rest: async () => void (await ask({ kind: "rest" })),
    close: async () => {
      await ask({ kind: "close" });
      const exited = once(worker, "exit");
      await worker.terminate();
      await exited;
    },
  };
}
