import { useSignal } from "@preact/signals";
import { Failure } from "../../parts/failure.tsx";
import { SecretText } from "../../parts/text/secret-text.tsx";
import { useAction } from "../../state/action.ts";
import { hookcast } from "../../state/hookcast.ts";
import { RotateSecret } from "./rotate-secret.tsx";

interface WebhookSecretProps {
  cacheName: string;
  webhookName: string;
  /** Another secret is another version of the webhook. */
  onChanged: () => Promise<void>;
}

/** The secret, when it is asked for; it is not part of what the screen loads. */
export function WebhookSecret({ cacheName, webhookName, onChanged }: WebhookSecretProps) {
  const secret = useSignal<string | undefined>(undefined);
  const isRotating = useSignal(false);
  const { isBusy, error, run } = useAction();
  const reveal = () =>
    run(async () => {
      secret.value = (await hookcast().getWebhookSecret({ cacheName, webhookName })).secret;
    });
  return (
    <section class="card stack" aria-labelledby="secret">
      <h2 id="secret">Signing secret</h2>
      <p class="quiet">The receiver uses it to verify deliveries.</p>
      {secret.value !== undefined && (
        <SecretText secret={secret.value} onHide={() => (secret.value = undefined)} />
      )}
      {error !== undefined && <Failure error={error} />}
      <div class="actions">
        {secret.value === undefined && (
          <button type="button" class="plain" aria-busy={isBusy} onClick={reveal}>
            Reveal
          </button>
        )}
        <button type="button" class="plain" onClick={() => (isRotating.value = true)}>
          Rotate…
        </button>
      </div>
      {isRotating.value && (
        <RotateSecret
          cacheName={cacheName}
          webhookName={webhookName}
          onRotated={(fresh) => {
            secret.value = fresh;
            return onChanged();
          }}
          onClose={() => (isRotating.value = false)}
        />
      )}
    </section>
  );
}
