import { useSignal } from "@preact/signals";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Page } from "../parts/page.tsx";
import { CutText } from "../parts/text/cut-text.tsx";
import { useAction } from "../state/action.ts";
import { hrefTo } from "../state/address/route.ts";
import { hookcast } from "../state/hookcast.ts";
import { type FormSubmit, submitted } from "../state/submitted.ts";
import { eventOf } from "../state/webhooks/webhook-form.ts";
import { Published, type PublishedMessage } from "./published.tsx";

const example = '{\n  "orderId": 12345678901234567890,\n  "amount": "12.50"\n}';

export function Publish({ cacheName, topicName }: { cacheName: string; topicName?: string }) {
  const published = useSignal<PublishedMessage | undefined>(undefined);
  const { isBusy, error, run } = useAction();
  const publish = (event: FormSubmit) => {
    const field = submitted(event);
    const topic = { cacheName, topicName: field("topicName") };
    const filters = {
      event: field("event") ? eventOf(field("event")) : undefined,
      productId: productOf(field("productId")),
    };
    const content = field("kind") === "text" ? { text: field("value") } : { json: field("value") };
    run(async () => {
      published.value = undefined;
      const { messageId } = await hookcast().publish({ ...topic, ...filters, ...content });
      published.value = { ...topic, messageId };
    });
  };
  const trail = (
    <a href={hrefTo({ screen: "webhooks", cacheName })}>
      Webhooks of <CutText text={cacheName} />
    </a>
  );
  return (
    <Page title="Publish a message" trail={trail}>
      <div class="narrow stack">
        <form class="card stack" onSubmit={publish}>
          <Field label="Topic" hint="Every active webhook of this topic receives it.">
            {(ties) => (
              <input
                {...ties}
                name="topicName"
                defaultValue={topicName ?? ""}
                autocomplete="off"
                required
              />
            )}
          </Field>
          <Field label="Value" hint="It arrives exactly as you write it, including large numbers.">
            {(ties) => (
              <textarea
                {...ties}
                name="value"
                rows={8}
                spellcheck={false}
                defaultValue={example}
                required
              />
            )}
          </Field>
          <div class="thirds">
            <Field label="Kind">
              {(ties) => (
                <select {...ties} name="kind">
                  <option value="json">JSON</option>
                  <option value="text">Text</option>
                </select>
              )}
            </Field>
            <Field label="Event (optional)">
              {(ties) => (
                <input {...ties} name="event" autocomplete="off" placeholder="invoice.paid" />
              )}
            </Field>
            <Field label="Product (optional)">
              {(ties) => (
                <input {...ties} name="productId" inputMode="numeric" autocomplete="off" />
              )}
            </Field>
          </div>
          {error !== undefined && <Failure error={error} />}
          <div class="actions">
            <button type="submit" aria-busy={isBusy}>
              {isBusy ? "Publishing…" : "Publish"}
            </button>
          </div>
        </form>
        {published.value && <Published key={published.value.messageId} {...published.value} />}
      </div>
    </Page>
  );
}

function productOf(text: string): number | undefined {
  return text === "" ? undefined : Number(text);
}
