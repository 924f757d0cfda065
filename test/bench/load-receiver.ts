import * as z from "zod/mini";
import { eventually } from "../support/eventually.ts";
import { startBenchProcess } from "./bench-process.ts";

const Arrival = z.object({ messageId: z.string(), atMs: z.number() });
export type Arrival = z.infer<typeof Arrival>;

/** The receiver of all loads, in a process of its own. */
export interface LoadReceiver extends AsyncDisposable {
  url: string;
  /** Waits for so many POSTs below `/<audience>` since the last time, and answers what has come by then. */
  take(audience: string, count: number): Promise<Arrival[]>;
}

const timeoutMs = 180_000;

export async function startLoadReceiver(): Promise<LoadReceiver> {
  const receiver = startBenchProcess("receiver-process.ts");
  return {
    url: await receiver.ask("url", z.string()),
    async take(audience, count) {
      const isThere = async () => (await receiver.ask("count", z.int(), { audience })) >= count;
      await eventually(isThere, { timeoutMs });
      return await receiver.ask("take", z.array(Arrival), { audience });
    },
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}
