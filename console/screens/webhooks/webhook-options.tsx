import type { Webhook } from "../../../shared/contract/webhook.ts";
import { Field } from "../../parts/field.tsx";
import { formatsFor, formatTexts, headersText } from "../../state/webhooks/webhook-form.ts";
import { AuthOptions } from "./auth-options.tsx";
import { SigningOptions } from "./signing-options.tsx";

const defaultTimeoutSeconds = 15;

interface WebhookOptionsProps {
  webhook: Webhook | undefined;
  /** As it stands in the form: it decides which formats there are. */
  topicName: string;
}

/** What a webhook may say beyond topic and URL. */
export function WebhookOptions({ webhook, topicName }: WebhookOptionsProps) {
  const config = webhook?.config;
  return (
    <>
      <div class="pair">
        <Field label="Events (optional)" hint="Codes or names, separated by commas; empty: all.">
          {(ties) => (
            <input
              {...ties}
              name="events"
              defaultValue={webhook?.events.join(", ") ?? ""}
              autocomplete="off"
              placeholder="invoice.paid, 101"
            />
          )}
        </Field>
        <Field label="Product (optional)" hint="A whole number; empty: any or none.">
          {(ties) => (
            <input
              {...ties}
              name="productId"
              inputMode="numeric"
              defaultValue={String(webhook?.productId ?? "")}
              autocomplete="off"
            />
          )}
        </Field>
      </div>
      <div class="pair">
        <Field label="Format" hint="The format of a delivery’s body.">
          {(ties) => (
            <select {...ties} name="format">
              {formatsFor(topicName).map((format) => (
                <option key={format} value={format} selected={format === config?.format}>
                  {formatTexts[format]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Time-out in seconds" hint="1 to 30, for one attempt.">
          {(ties) => (
            <input
              {...ties}
              name="timeoutSeconds"
              type="number"
              min={1}
              max={30}
              defaultValue={String(config?.timeoutSeconds ?? defaultTimeoutSeconds)}
              required
            />
          )}
        </Field>
      </div>
      <Field
        label="POSTs a second (optional)"
        hint="0.1 to 1000 at most; what is more waits for its turn. Empty: no limit."
      >
        {(ties) => (
          <input
            {...ties}
            name="maxPerSecond"
            inputMode="decimal"
            defaultValue={String(config?.maxPerSecond ?? "")}
            autocomplete="off"
          />
        )}
      </Field>
      <Field
        label="Headers (optional)"
        hint="Sent with every delivery: one “name: value” on each line."
      >
        {(ties) => (
          <textarea
            {...ties}
            name="headers"
            rows={3}
            spellcheck={false}
            defaultValue={headersText(config?.customHeaders)}
          />
        )}
      </Field>
      <AuthOptions webhook={webhook} />
      <SigningOptions webhook={webhook} />
    </>
  );
}
