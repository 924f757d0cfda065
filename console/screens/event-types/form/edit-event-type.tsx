import { useSignal } from "@preact/signals";
import { AsyncContent } from "../../../parts/async-content.tsx";
import { Page } from "../../../parts/page.tsx";
import { goTo } from "../../../state/address/navigation.ts";
import { hrefTo } from "../../../state/address/route.ts";
import { breakingBefore } from "../../../state/event-types/breaking-before.ts";
import type { DescribedEvent } from "../../../state/event-types/catalogue.ts";
import { useEventType } from "../../../state/event-types/event-types.ts";
import { type Breaking, keepSaved } from "../../../state/event-types/saved-type.ts";
import { changesOf, type TypeFields } from "../../../state/event-types/type-form.ts";
import { hookcast } from "../../../state/hookcast.ts";
import { BreakingList } from "../breaking-list.tsx";
import { TypesTrail } from "../types-trail.tsx";
import { EventTypeForm } from "./event-type-form.tsx";

export function EditEventType({ topicName, event }: { topicName: string; event: string }) {
  const loaded = useEventType(topicName, event);
  return (
    <Page title={`Edit ${event}`} trail={<TypesTrail />}>
      <AsyncContent loaded={loaded} what="the event type">
        {(type) => <EditForm type={type} />}
      </AsyncContent>
    </Page>
  );
}

/** A schema that may break somebody is saved only once that was seen. */
function EditForm({ type }: { type: DescribedEvent }) {
  const { topicName, event } = type;
  const seen = useSignal<readonly Breaking[]>([]);
  const here = { screen: "event type", topicName, event: String(event) } as const;
  const save = async (fields: TypeFields) => {
    const changes = changesOf(type, fields);
    if ("schema" in changes && seen.value.length === 0) {
      seen.value = await breakingBefore(type, fields);
      if (seen.value.length > 0) return;
    }
    keepSaved(await hookcast().putEventType({ topicName, event, ...changes }));
    goTo(here, "The event type is saved.");
  };
  return (
    <EventTypeForm
      type={type}
      submitText={seen.value.length > 0 ? "Save anyway" : "Save"}
      cancelHref={hrefTo(here)}
      onChange={() => (seen.value = [])}
      onSubmit={save}
    >
      {seen.value.length > 0 && (
        <section class="notice warn" role="alert" aria-label="Before it is saved">
          <p>
            <strong>Not saved yet.</strong> The new schema may break somebody:
          </p>
          <BreakingList breaking={seen.value} />
        </section>
      )}
    </EventTypeForm>
  );
}
