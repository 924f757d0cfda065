import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Field } from "../../../console/parts/field.tsx";
import { useAction } from "../../../console/state/action.ts";
import { query } from "../../../console/state/address/address.ts";
import { type FormSubmit, submitted } from "../../../console/state/submitted.ts";
import type { EventCode } from "../../../shared/contract/values/event.ts";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { t } from "../../language/language.ts";
import { Failure } from "../../parts/failure.tsx";
import { type EndpointFields, eventsOf, filterOf } from "../../state/endpoint-form.ts";
import { useEventTypes } from "../../state/event-types.ts";
import { EventPicker } from "./event-picker.tsx";
import { FilterField } from "./filter-field.tsx";
import { TopicField, topicsFor } from "./topic-field.tsx";

interface EndpointFormProps {
  endpoint?: Webhook;
  /** Its name and topic can no longer be changed. */
  isNamed: boolean;
  submitText: string;
  onSubmit: (fields: EndpointFields) => Promise<void>;
  /** Tests what is entered, before it is saved. */
  onTest?: (fields: EndpointFields) => Promise<void>;
  cancel: ComponentChildren;
  /** What came of the test. */
  children?: ComponentChildren;
}

export function EndpointForm(props: EndpointFormProps) {
  const { endpoint, isNamed, submitText, onSubmit, onTest, cancel, children } = props;
  const types = useEventTypes().value;
  const topicName = useSignal(endpoint?.topicName);
  const events = useSignal<readonly EventCode[] | undefined>(startOf(endpoint));
  const filter = useSignal(filterText(endpoint));
  const { isBusy, error, run } = useAction();
  const isTesting = useSignal(false);
  if (types === undefined) return null;
  const topics = topicsFor(types);
  const topic = topicName.value ?? topics[0] ?? "default";
  const send = (event: FormSubmit) => {
    const field = submitted(event);
    run(async () => {
      if (events.value?.length === 0) throw new Error(t("form.noneChosen"));
      const fields = {
        postUrl: field("postUrl").trim(),
        webhookName: isNamed ? "" : field("webhookName").trim(),
        topicName: topic,
        events: events.value ?? [],
        filter: filterOf(filter.value),
      };
      await (isTesting.value && onTest ? onTest(fields) : onSubmit(fields));
    });
  };
  return (
    <form class="card stack narrow" onSubmit={send}>
      <Field label={t("form.url")} hint={t("form.urlHint")}>
        {(ties) => (
          <input
            {...ties}
            name="postUrl"
            type="url"
            defaultValue={endpoint?.destination.postUrl ?? ""}
            autocomplete="off"
            placeholder="https://example.com/webhooks"
            required
          />
        )}
      </Field>
      {!isNamed && (
        <Field label={t("form.name")} hint={t("form.nameHint")}>
          {(ties) => <input {...ties} name="webhookName" autocomplete="off" maxLength={128} />}
        </Field>
      )}
      {!isNamed && (
        <TopicField topics={topics} value={topic} onChange={(name) => (topicName.value = name)} />
      )}
      <EventPicker
        types={types.filter((type) => type.topicName === topic)}
        chosen={events.value}
        onChange={(chosen) => (events.value = chosen)}
      />
      <FilterField text={filter.value} onChange={(text) => (filter.value = text)} />
      {error !== undefined && <Failure error={error} />}
      {children}
      <div class="actions">
        <button type="submit" aria-busy={isBusy} onClick={() => (isTesting.value = false)}>
          {isBusy && !isTesting.value ? t("app.saving") : submitText}
        </button>
        {onTest && (
          <button
            type="submit"
            class="plain"
            aria-busy={isBusy}
            onClick={() => (isTesting.value = true)}
          >
            {isBusy && isTesting.value ? t("test.waiting") : t("form.test")}
          </button>
        )}
        {cancel}
      </div>
    </form>
  );
}

function filterText(endpoint: Webhook | undefined): string {
  const filter = endpoint?.config.filter;
  return filter === undefined ? "" : JSON.stringify(filter, undefined, 2);
}

/** Undefined stands for every event; a new endpoint may begin with the event that its reader came from. */
function startOf(endpoint: Webhook | undefined): readonly EventCode[] | undefined {
  const { event } = query.peek();
  if (!endpoint) return event === undefined ? undefined : eventsOf(event);
  return endpoint.events.length > 0 ? endpoint.events : undefined;
}
