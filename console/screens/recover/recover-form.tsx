import { useRef } from "preact/hooks";
import { runningRecovery } from "../../../client/running-recovery.ts";
import { Failure } from "../../parts/failure.tsx";
import { Field } from "../../parts/field.tsx";
import { useAction } from "../../state/action.ts";
import { hookcast } from "../../state/hookcast.ts";
import { localTimeText, momentOf } from "../../state/local-time.ts";
import { type FormSubmit, submitted } from "../../state/submitted.ts";

interface RecoveryWish {
  readonly mode: "failed" | "missing";
  readonly since: string;
  readonly until?: string;
  readonly dryRun: boolean;
}

interface RecoverFormProps {
  webhookId: string;
  /** Told of the recovery that was started, or that runs already. */
  onRunning: (jobId: string) => void;
}

const dayMs = 24 * 3_600_000;

export function RecoverForm({ webhookId, onRunning }: RecoverFormProps) {
  const { isBusy, error, run } = useAction();
  const isDryRun = useRef(true);
  const start = (event: FormSubmit) => {
    const wish = wishOf(submitted(event), isDryRun.current);
    run(async () => {
      const { jobId } = await hookcast().recoverDeliveries({ webhookId, ...wish });
      onRunning(jobId);
    });
  };
  const running = runningRecovery(error);
  return (
    <form class="card stack" onSubmit={start}>
      <fieldset class="choices">
        <legend>What to send</legend>
        <label>
          <input type="radio" name="mode" value="failed" defaultChecked />
          <span>
            <strong>Failed deliveries</strong>
            <span class="hint">
              Every attempt failed, or the webhook became inactive meanwhile.
            </span>
          </span>
        </label>
        <label>
          <input type="radio" name="mode" value="missing" />
          <span>
            <strong>Missing deliveries</strong>
            <span class="hint">
              Published before the webhook existed, or while it was inactive. At least 15 minutes
              ago.
            </span>
          </span>
        </label>
      </fieldset>
      <div class="pair">
        <Field label="Published since">
          {(ties) => (
            <input
              {...ties}
              name="since"
              type="datetime-local"
              defaultValue={localTimeText(Date.now() - dayMs)}
              required
            />
          )}
        </Field>
        <Field label="Until" hint="Empty: until now, or 15 minutes ago.">
          {(ties) => <input {...ties} name="until" type="datetime-local" />}
        </Field>
      </div>
      {error !== undefined && <Failure error={error} />}
      {running !== undefined && (
        <button type="button" class="small" onClick={() => onRunning(running)}>
          See its progress
        </button>
      )}
      <div class="actions">
        <button
          type="submit"
          class="plain"
          aria-busy={isBusy}
          onClick={() => (isDryRun.current = true)}
        >
          Count only
        </button>
        <button type="submit" aria-busy={isBusy} onClick={() => (isDryRun.current = false)}>
          Send them again
        </button>
      </div>
    </form>
  );
}

function wishOf(field: (name: string) => string, dryRun: boolean): RecoveryWish {
  const until = momentOf(field("until"));
  const mode = field("mode") === "missing" ? "missing" : "failed";
  return { mode, since: momentOf(field("since")) ?? "", ...(until && { until }), dryRun };
}
