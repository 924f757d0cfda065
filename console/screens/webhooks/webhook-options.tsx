import { useSignal } from "@preact/signals";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { Failure } from "../../parts/failure.tsx";
import { Field } from "../../parts/field.tsx";
import { useAction } from "../../state/action.ts";
import { hookcast } from "../../state/hookcast.ts";
import {
  filterOf,
  filterText,
  formatsFor,
  formatTexts,
  headersText,
} from "../../state/webhooks/webhook-form.ts";
import { AuthOptions, CertificateOptions } from "./auth-options.tsx";
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
        <Field
          label="Events (optional)"
          hint="Codes, names, or order.* for all below order, separated by commas; empty: all."
        >
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
      <CertificateOptions webhook={webhook} />
      <FilterOptions webhook={webhook} />
      <SigningOptions webhook={webhook} />
    </>
  );
}

/** Which messages a webhook gets by their content, and a try of it. */
function FilterOptions({ webhook }: { webhook: Webhook | undefined }) {
  const filter = useSignal(filterText(webhook?.config.filter));
  const value = useSignal("");
  const result = useSignal("");
  const task = useAction();
  const test = () =>
    task.run(async () => {
      result.value = "";
      const pattern = filterOf(filter.value.trim());
      if (!pattern) throw new Error("There is no filter to test.");
      const cacheName = webhook?.id.cacheName ?? "test";
      const published = JSON.parse(value.value);
      const answer = await hookcast().testFilter({ cacheName, filter: pattern, value: published });
      const verdict = answer.matches ? "Matches" : "Does not match";
      result.value = `${verdict}: ${answer.because.join(", ")}`;
    });
  return (
    <>
      <Field
        label="Filter (optional)"
        hint="An event pattern of EventBridge as JSON, on event, productId, contentType and value. Empty: all messages."
      >
        {(ties) => (
          <textarea
            {...ties}
            name="filter"
            rows={4}
            spellcheck={false}
            defaultValue={filter.peek()}
            onInput={({ currentTarget }) => {
              filter.value = currentTarget.value;
            }}
          />
        )}
      </Field>
      {webhook && filter.value.trim() !== "" && (
        <>
          <Field label="A value to test the filter with" hint="JSON. Nothing is published.">
            {(ties) => (
              <textarea
                {...ties}
                rows={2}
                spellcheck={false}
                onInput={({ currentTarget }) => {
                  value.value = currentTarget.value;
                }}
              />
            )}
          </Field>
          <p>
            <button type="button" disabled={task.isBusy} onClick={test}>
              Test the filter
            </button>{" "}
            <output>{result.value}</output>
          </p>
          {task.error !== undefined && <Failure error={task.error} />}
        </>
      )}
    </>
  );
}
