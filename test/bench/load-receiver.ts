import * as z from "zod/mini";
import { eventually } from "../support/eventually.ts";
import { startBenchProcess } from "./bench-process.ts";

const Arrival = z.object({ path: z.string(), messageId: z.string(), atMs: z.number() });
export type Arrival = z.infer<typeof Arrival>;

/** The receiver of all loads, in a process of its own. */
export interface LoadReceiver extends AsyncDisposable {
  url: string;
  /** Waits for so many POSTs since the last time, and answers what has come by then. */
  take(count: number): Promise<Arrival[]>;
}

const timeoutMs = 180_000;

export async function startLoadReceiver(): Promise<LoadReceiver> {
  const receiver = startBenchProcess("receiver-process.ts");
  return {
    url: await receiver.ask("url", z.string()),
    async take(count) {
      const isThere = async () => (await receiver.ask("count", z.int())) >= count;
      await eventually(isThere, { timeoutMs });
      return await receiver.ask("take", z.array(Arrival));
    },
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}
