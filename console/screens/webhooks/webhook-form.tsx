import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { Failure } from "../../parts/failure.tsx";
import { Field } from "../../parts/field.tsx";
import { useAction } from "../../state/action.ts";
import { type FormSubmit, submitted } from "../../state/submitted.ts";
import { type WebhookFields, webhookFields } from "../../state/webhooks/webhook-form.ts";
import { WebhookOptions } from "./webhook-options.tsx";

interface WebhookFormProps {
  /** What is there already. */
  webhook?: Webhook;
  /** A field for the name, where it has none yet. */
  children?: ComponentChildren;
  submitText: string;
  cancelHref: string;
  onSubmit: (fields: WebhookFields, webhookName: string) => Promise<void>;
}

export function WebhookForm(props: WebhookFormProps) {
  const { webhook, children, submitText, cancelHref, onSubmit } = props;
  const { isBusy, error, run } = useAction();
  const topicName = useSignal(webhook?.topicName ?? "");
  const submit = (event: FormSubmit) => {
    const field = submitted(event);
    run(async () => onSubmit(webhookFields(field), field("webhookName")));
  };
  return (
    <form class="card stack narrow" onSubmit={submit}>
      {children}
      <Field label="Topic" hint="Messages published to this topic are posted to the URL.">
        {(ties) => (
          <input
            {...ties}
            name="topicName"
            defaultValue={webhook?.topicName ?? ""}
            onInput={({ currentTarget }) => {
              topicName.value = currentTarget.value;
            }}
            autocomplete="off"
            required
          />
        )}
      </Field>
      <Field label="URL" hint="https, unless this deployment allows private destinations.">
        {(ties) => (
          <input
            {...ties}
            name="postUrl"
            type="url"
            defaultValue={webhook?.destination.postUrl ?? ""}
            autocomplete="off"
            placeholder="https://example.com/webhook"
            required
          />
        )}
      </Field>
      <WebhookOptions webhook={webhook} topicName={topicName.value} />
      {error !== undefined && <Failure error={error} />}
      <div class="actions">
        <button type="submit" aria-busy={isBusy}>
          {isBusy ? "Saving…" : submitText}
        </button>
        <a class="button plain" href={cancelHref}>
          Cancel
        </a>
      </div>
    </form>
  );
}
