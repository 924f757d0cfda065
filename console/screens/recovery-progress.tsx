import { useEffect } from "preact/hooks";
import type { Recovery } from "../../shared/contract/recovery.ts";
import { Shown } from "../parts/shown.tsx";
import { announce } from "../state/announcement.ts";
import { hookcast } from "../state/hookcast.ts";
import { useLoaded } from "../state/loaded.ts";
import { useWhileVisible } from "../state/while-visible.ts";

const pollPauseMs = 1000;

interface RecoveryProgressProps {
  webhookId: string;
  jobId: string;
  isDryRun: boolean;
}

/** How far a recovery is, until it has ended. */
export function RecoveryProgress({ webhookId, jobId, isDryRun }: RecoveryProgressProps) {
  const loaded = useLoaded(jobId, (signal) =>
    hookcast().getRecovery({ webhookId, jobId }, { signal }),
  );
  const recovery = loaded.value;
  const hasEnded = recovery !== undefined && recovery.state !== "running";
  useWhileVisible(loaded.reload, pollPauseMs, !hasEnded);
  useEffect(() => {
    if (recovery && hasEnded) announce(outcomeOf(recovery, isDryRun));
  }, [hasEnded]);
  return (
    <section class="card stack" aria-labelledby="progress">
      <h2 id="progress">{isDryRun ? "Count" : "Recovery"}</h2>
      <Shown loaded={loaded} what="the progress">
        {(recovery) => (
          <>
            <progress
              aria-label="Deliveries sent of those found"
              {...(hasEnded
                ? { value: 1, max: 1 }
                : { value: recovery.enqueued, max: Math.max(1, recovery.matched) })}
            />
            <p>{hasEnded ? outcomeOf(recovery, isDryRun) : progressOf(recovery, isDryRun)}</p>
          </>
        )}
      </Shown>
    </section>
  );
}

function progressOf({ matched, enqueued }: Recovery, isDryRun: boolean): string {
  if (isDryRun) return `Counting… ${matched} so far.`;
  return `Sending… ${enqueued} sent of ${matched} found so far.`;
}

function outcomeOf({ state, matched, enqueued }: Recovery, isDryRun: boolean): string {
  if (state === "stopped") {
    return `Stopped after ${enqueued} of ${matched}: the webhook was switched off or deleted.`;
  }
  if (isDryRun)
    return matched === 1 ? "1 delivery would be sent." : `${matched} deliveries would be sent.`;
  const notSent = matched - enqueued;
  const rest =
    notSent === 0 ? "" : ` The other ${notSent} were attempted meanwhile or are no longer kept.`;
  return `${enqueued} of ${matched} sent again.${rest}`;
}
