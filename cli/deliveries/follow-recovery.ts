import { setTimeout as pause } from "node:timers/promises";
import type { Recovery } from "../../shared/contract/recovery.ts";
import { startProgress } from "../output/progress.ts";
import { stopSignal } from "../stop-signal.ts";
import type { Session } from "../with-service.ts";

const pollMs = 1_000;

/** Waits until a recovery has ended. Ctrl-C ends the waiting; the recovery goes on, and `again` waits for it. */
export async function followRecovery(
  { client, output }: Session,
  job: { readonly webhookId: string; readonly jobId: string },
  again: string,
): Promise<Recovery> {
  const signal = stopSignal();
  using progress = startProgress("{bar} {value} of {total} found so far are sent again");
  for (;;) {
    try {
      const recovery = await client.getRecovery(job, { signal });
      progress.update(recovery.enqueued, recovery.matched);
      if (recovery.state !== "running") return recovery;
      await pause(pollMs, undefined, { signal });
    } catch (error) {
      const hint = `The recovery continues without this command. To see its progress: ${again}`;
      progress.aside(() => output.note(hint));
      throw signal.aborted ? signal.reason : error;
    }
  }
}
