import type { Webhook } from "../../../shared/contract/webhook.ts";
import { Field } from "../../parts/field.tsx";
import { headersText, signaturesText } from "../../state/webhooks/webhook-form.ts";

/** How deliveries are signed for receivers that know another service's signature. */
export function SigningOptions({ webhook }: { webhook: Webhook | undefined }) {
  const config = webhook?.config;
  return (
    <>
      <div class="pair">
        <Field
          label="Further signatures (optional)"
          hint="One per line: github, stripe, slack, shopify, svix, hookdeck, convoy, outpost, or a recipe as JSON. Empty: the deployment’s setting. “none”: no others."
        >
          {(ties) => (
            <textarea
              {...ties}
              name="signatures"
              rows={3}
              spellcheck={false}
              defaultValue={signaturesText(config?.signatures)}
            />
          )}
        </Field>
        <Field
          label="About the delivery (optional)"
          hint="Further headers: one “name: template” per line, with {event}, {topic}, {id}, {attempt}, {timestamp} or {time}."
        >
          {(ties) => (
            <textarea
              {...ties}
              name="metaHeaders"
              rows={3}
              spellcheck={false}
              defaultValue={headersText(config?.metaHeaders)}
            />
          )}
        </Field>
      </div>
      <div class="pair">
        <Field
          label="Standard signature"
          hint="Whether deliveries carry webhook-signature. With a public key, anyone can verify them without the secret."
        >
          {(ties) => (
            <select {...ties} name="standardSignature">
              <option value="yes">By the secret</option>
              <option value="asymmetric" selected={config?.asymmetric === true}>
                By the secret and the public key
              </option>
              <option value="no" selected={config?.standardSignature === false}>
                None
              </option>
            </select>
          )}
        </Field>
        <Field
          label="Secret (optional)"
          hint={`A secret that the receiver already has. Empty: ${webhook ? "no change" : "a new one"}.`}
        >
          {(ties) => (
            <input
              {...ties}
              name="secretString"
              type="password"
              autocomplete="new-password"
              spellcheck={false}
            />
          )}
        </Field>
      </div>
    </>
  );
}
