import { useSignal } from "@preact/signals";
import { hookcast } from "../../../console/state/hookcast.ts";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { t } from "../../language/language.ts";
import { fullTimeText } from "../../language/times.ts";
import { WorkButton } from "../../parts/work-button.tsx";

interface RotateSecretProps {
  names: Webhook["id"];
  onRotated: (secret: string) => void;
}

/** For how many hours both secrets may sign. */
const graces = [24, 72, 168, 0] as const;

/** In place, not in a dialog: in a tall frame that would open far from here. */
export function RotateSecret({ names, onRotated }: RotateSecretProps) {
  const graceHours = useSignal<number>(graces[0]);
  const rotate = async () => {
    const rotated = await hookcast().rotateWebhookSecret({
      ...{ ...names, graceHours: graceHours.value },
    });
    onRotated(rotated.secret);
    const time = fullTimeText(Date.parse(rotated.previousSecretExpiresTime));
    return t("secret.rotated", { time });
  };
  return (
    <details>
      <summary>{t("secret.rotate")}</summary>
      <div class="stack inset">
        <label>
          {t("secret.rotateText")}{" "}
          <select
            value={graceHours.value}
            onChange={(event) => (graceHours.value = Number(event.currentTarget.value))}
          >
            {graces.map((hours) => (
              <option key={hours} value={hours}>
                {hours === 0 ? t("secret.noHours") : t("secret.hours", { count: hours })}
              </option>
            ))}
          </select>
        </label>
        <div class="actions">
          <WorkButton work={rotate}>{t("secret.rotateNow")}</WorkButton>
        </div>
      </div>
    </details>
  );
}
