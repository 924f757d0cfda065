/** Loaded into the functions' threads before their code: takes profiles and measures memory when told to. */
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join } from "node:path";
import { getHeapStatistics } from "node:v8";
import { threadId } from "node:worker_threads";
import { answerChannel, orderChannel } from "./probe-channels.ts";
import type { Measured, Order } from "./probe-protocol.ts";

const samplingMicroseconds = 200;

const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME ?? "";
const orders = new BroadcastChannel(orderChannel);
const answers = new BroadcastChannel(answerChannel);
let session: Session | undefined;

const acts: Record<Order["kind"], (folder: string) => Promise<void>> = {
  async start() {
    session = new Session();
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: samplingMicroseconds });
    await session.post("Profiler.start");
  },
  async stop(folder) {
    // A thread that came later has no profile.
    if (!session) return;
    const { profile } = await session.post("Profiler.stop");
    writeFileSync(join(folder, `${functionName}.${threadId}.cpuprofile`), JSON.stringify(profile));
  },
  async measure() {},
};

orders.onmessage = async ({ data }: MessageEvent) => {
  const { kind, folder }: Order = data;
  await acts[kind](folder);
  const { total_heap_size, external_memory } = getHeapStatistics();
  const measured: Measured = { functionName, bytes: total_heap_size + external_memory };
  answers.postMessage(measured);
};
// A function must not live on for its probe.
orders.unref();
answers.unref();
