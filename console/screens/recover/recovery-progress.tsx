import { useEffect } from "preact/hooks";
import type { Recovery } from "../../../shared/contract/recovery.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { announce } from "../../state/announcement.ts";
import { hookcast } from "../../state/hookcast.ts";
import { useLoaded } from "../../state/loaded.ts";
import { useWhileVisible } from "../../state/while-visible.ts";

const pollPauseMs = 1000;

interface RecoveryProgressProps {
  webhookId: string;
  jobId: string;
}

/** How far a recovery is, until it has ended. */
export function RecoveryProgress({ webhookId, jobId }: RecoveryProgressProps) {
  const loaded = useLoaded(jobId, (signal) =>
    hookcast().getRecovery({ webhookId, jobId }, { signal }),
  );
  const recovery = loaded.value;
  const hasEnded = recovery !== undefined && recovery.state !== "running";
  useWhileVisible(loaded.reload, pollPauseMs, !hasEnded);
  useEffect(() => {
    if (recovery && hasEnded) announce(outcomeOf(recovery));
  }, [hasEnded]);
  return (
    <section class="card stack" aria-labelledby="progress">
      <h2 id="progress">{recovery?.dryRun ? "Count" : "Recovery"}</h2>
      <AsyncContent loaded={loaded} what="the progress">
        {(recovery) => (
          <>
            <progress
              aria-label="Deliveries sent of those found"
              {...(hasEnded
                ? { value: 1, max: 1 }
                : { value: recovery.enqueued, max: Math.max(1, recovery.matched) })}
            />
            <p>{hasEnded ? outcomeOf(recovery) : progressOf(recovery)}</p>
          </>
        )}
      </AsyncContent>
    </section>
  );
}

function progressOf({ matched, enqueued, dryRun }: Recovery): string {
  if (dryRun) return `Counting… ${matched} so far.`;
  return `Sending… ${enqueued} sent of ${matched} found so far.`;
}

function outcomeOf({ state, matched, enqueued, dryRun }: Recovery): string {
  if (state === "stopped") {
    return `Stopped after ${enqueued} of ${matched}: the webhook was switched off or deleted, or another recovery replaced it after it stalled.`;
  }
  if (dryRun)
    return matched === 1 ? "1 delivery would be sent." : `${matched} deliveries would be sent.`;
  const notSent = matched - enqueued;
  const rest =
    notSent === 0 ? "" : ` The other ${notSent} were attempted meanwhile or are no longer kept.`;
  return `${enqueued} of ${matched} sent again.${rest}`;
}
