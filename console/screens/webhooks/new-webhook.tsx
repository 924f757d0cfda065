import { useSignal } from "@preact/signals";
import type { PutWebhookResponse } from "../../../shared/contract/operations/webhooks/put-webhook.ts";
import { Field } from "../../parts/field.tsx";
import { Page } from "../../parts/page.tsx";
import { CutText } from "../../parts/text/cut-text.tsx";
import { hrefTo } from "../../state/address/route.ts";
import { createWebhook } from "../../state/webhooks/create-webhook.ts";
import { CreatedWebhook } from "./created-webhook.tsx";
import { WebhookForm } from "./webhook-form.tsx";

export function NewWebhook({ cacheName }: { cacheName: string }) {
  const created = useSignal<PutWebhookResponse | undefined>(undefined);
  if (created.value) return <CreatedWebhook created={created.value} />;
  const webhooksHref = hrefTo({ screen: "webhooks", cacheName });
  return (
    <Page
      title="New webhook"
      trail={
        <a href={webhooksHref}>
          Webhooks of <CutText text={cacheName} />
        </a>
      }
    >
      <WebhookForm
        submitText="Create the webhook"
        cancelHref={webhooksHref}
        onSubmit={async (fields, webhookName) => {
          created.value = await createWebhook({ cacheName, webhookName, ...fields });
        }}
      >
        <Field label="Name" hint="Unique within the cache; it cannot be changed later.">
          {(ties) => <input {...ties} name="webhookName" autocomplete="off" required />}
        </Field>
      </WebhookForm>
    </Page>
  );
}
