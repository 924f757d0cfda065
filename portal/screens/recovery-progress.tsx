import { hookcast } from "../../console/state/hookcast.ts";
import { useLoaded } from "../../console/state/loaded.ts";
import { useWhileVisible } from "../../console/state/while-visible.ts";
import type { Recovery } from "../../shared/contract/recovery.ts";
import { t } from "../language/language.ts";
import { AsyncContent } from "../parts/async-content.tsx";

const pauseMs = 1_000;

interface RecoveryProgressProps {
  webhookId: string;
  jobId: string;
}

/** How far a recovery is, until it has ended. */
export function RecoveryProgress({ webhookId, jobId }: RecoveryProgressProps) {
  const loaded = useLoaded(jobId, (signal) =>
    hookcast().getRecovery({ webhookId, jobId }, { signal }),
  );
  const hasEnded = loaded.value !== undefined && loaded.value.state !== "running";
  useWhileVisible(loaded.reload, pauseMs, !hasEnded);
  return (
    <section class="card stack narrow" aria-label={t("recover.progress")}>
      <AsyncContent loaded={loaded}>
        {(recovery) => (
          <>
            <progress
              aria-label={t("recover.progress")}
              {...(hasEnded
                ? { value: 1, max: 1 }
                : { value: recovery.enqueued, max: Math.max(1, recovery.matched) })}
            />
            <p role="status">{progressText(recovery)}</p>
          </>
        )}
      </AsyncContent>
    </section>
  );
}

function progressText({ state, matched: count, enqueued: sent, dryRun }: Recovery): string {
  if (state === "stopped") return t("recover.stopped", { sent, count });
  if (state === "running") {
    return dryRun ? t("recover.counting", { count }) : t("recover.sending", { sent, count });
  }
  return dryRun ? t("recover.counted", { count }) : t("recover.done", { sent, count });
}
