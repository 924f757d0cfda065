import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { runningRecovery } from "../../client/running-recovery.ts";
import { Field } from "../../console/parts/field.tsx";
import { useAction } from "../../console/state/action.ts";
import { hookcast } from "../../console/state/hookcast.ts";
import { localTimeText, momentOf } from "../../console/state/local-time.ts";
import { type FormSubmit, submitted } from "../../console/state/submitted.ts";
import { t } from "../language/language.ts";
import { Failure } from "../parts/failure.tsx";
import { ScreenFrame } from "../parts/screen-frame.tsx";
import { titleOf, useEndpoint } from "../state/endpoints.ts";
import { hrefTo } from "../state/paths.ts";
import { RecoveryProgress } from "./recovery-progress.tsx";

const dayMs = 24 * 3_600_000;
const modes = ["failed", "missing"] as const;

/** Sends many deliveries again: how many would it be, and then how far is it. */
export function Recover({ webhookId }: { webhookId: string }) {
  const endpoint = useEndpoint(webhookId).value?.webhook;
  const jobId = useSignal<string | undefined>(undefined);
  const { isBusy, error, run } = useAction();
  const isDryRun = useRef(true);
  const start = (event: FormSubmit) => {
    const field = submitted(event);
    const until = momentOf(field("until"));
    const wish = {
      mode: modes.find((mode) => mode === field("mode")) ?? "failed",
      since: momentOf(field("since")) ?? "",
      ...(until && { until }),
      dryRun: isDryRun.current,
    };
    run(async () => {
      jobId.value = (await hookcast().recoverDeliveries({ webhookId, ...wish })).jobId;
    });
  };
  const running = runningRecovery(error);
  return (
    <ScreenFrame
      title={t("recover.title")}
      up={{
        href: hrefTo({ screen: "endpoint", webhookId }),
        name: endpoint ? titleOf(endpoint) : t("app.endpoints"),
      }}
    >
      <p class="intro">{t("recover.text")}</p>
      <form class="card stack narrow" onSubmit={start}>
        <fieldset class="choices">
          <legend>{t("recover.what")}</legend>
          {modes.map((mode) => (
            <label key={mode}>
              <input type="radio" name="mode" value={mode} defaultChecked={mode === "failed"} />
              <span>
                <strong>{t(`recover.${mode}`)}</strong>
                <span class="hint">{t(`recover.${mode}Hint`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="pair">
          <Field label={t("recover.since")}>
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
          <Field label={t("recover.until")}>
            {(ties) => <input {...ties} name="until" type="datetime-local" />}
          </Field>
        </div>
        {running === undefined && error !== undefined && <Failure error={error} />}
        {running !== undefined && (
          <div class="notice warn" role="alert">
            <p>{t("recover.running")}</p>
            <button type="button" class="small" onClick={() => (jobId.value = running)}>
              {t("recover.follow")}
            </button>
          </div>
        )}
        <div class="actions">
          <button
            type="submit"
            class="plain"
            aria-busy={isBusy}
            onClick={() => (isDryRun.current = true)}
          >
            {t("recover.count")}
          </button>
          <button type="submit" aria-busy={isBusy} onClick={() => (isDryRun.current = false)}>
            {t("recover.send")}
          </button>
        </div>
      </form>
      {jobId.value && (
        <RecoveryProgress key={jobId.value} webhookId={webhookId} jobId={jobId.value} />
      )}
    </ScreenFrame>
  );
}
