import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { hookcast } from "../../../console/state/hookcast.ts";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { t } from "../../language/language.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { WorkButton } from "../../parts/work-button.tsx";
import { RotateSecret } from "./rotate-secret.tsx";
import { VerifySnippets } from "./verify-snippets.tsx";

/** Long enough to copy it, short enough not to be left on a screen. */
const shownMs = 60_000;

interface SecretProps {
  endpoint: Webhook;
  /** The secret of an endpoint that was just added. */
  known?: string;
}

/** The secret when it is asked for, and the programs that need it. */
export function Secret({ endpoint: { id }, known }: SecretProps) {
  const secret = useSignal(known);
  useEffect(() => {
    const timer = setTimeout(() => (secret.value = undefined), shownMs);
    return () => clearTimeout(timer);
  }, [secret.value]);
  const reveal = async () => {
    secret.value = (await hookcast().getWebhookSecret(id)).secret;
    return undefined;
  };
  return (
    <section class="card stack" aria-labelledby="secret">
      <h2 id="secret">{t("secret.title")}</h2>
      <p class="quiet">{t("secret.text")}</p>
      {secret.value === undefined ? (
        <div class="actions">
          <WorkButton work={reveal}>{t("secret.reveal")}</WorkButton>
        </div>
      ) : (
        <div class="secret">
          <code>{secret.value}</code>
          <div class="actions">
            <CopyButton text={secret.value} />
            <button type="button" class="plain small" onClick={() => (secret.value = undefined)}>
              {t("secret.hide")}
            </button>
          </div>
          <p class="hint">{t("secret.hidden")}</p>
        </div>
      )}
      <RotateSecret names={id} onRotated={(fresh) => (secret.value = fresh)} />
      <VerifySnippets secret={secret.value} isRevealable />
    </section>
  );
}
