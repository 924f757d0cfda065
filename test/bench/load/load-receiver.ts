import * as z from "zod/mini";
import { startBenchProcess } from "../bench-process.ts";
import { Arrival } from "./arrivals.ts";

/** The receiver of all loads, in a process of its own. */
export interface LoadReceiver extends AsyncDisposable {
  url: string;
  /** Waits for so many POSTs below `/<audience>` since the last time, and answers what has come by then. */
  take(audience: string, count: number): Promise<Arrival[]>;
}

export async function startLoadReceiver(): Promise<LoadReceiver> {
  const receiver = startBenchProcess("load/receiver-process.ts");
  return {
    url: await receiver.ask("url", z.string()),
    take: (audience, count) => receiver.ask("take", z.array(Arrival), { audience, count }),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}
