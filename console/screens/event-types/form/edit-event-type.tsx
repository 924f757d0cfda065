import { AsyncContent } from "../../../parts/async-content.tsx";
import { Page } from "../../../parts/page.tsx";
import { goTo } from "../../../state/address/navigation.ts";
import { hrefTo } from "../../../state/address/route.ts";
import { useEventType } from "../../../state/event-types/event-types.ts";
import { keepSaved } from "../../../state/event-types/saved-type.ts";
import { changesOf } from "../../../state/event-types/type-form.ts";
import { hookcast } from "../../../state/hookcast.ts";
import { TypesTrail } from "../types-trail.tsx";
import { EventTypeForm } from "./event-type-form.tsx";

export function EditEventType({ topicName, event }: { topicName: string; event: string }) {
  const loaded = useEventType(topicName, event);
  const here = { screen: "event type", topicName, event } as const;
  return (
    <Page title={`Edit ${event}`} trail={<TypesTrail />}>
      <AsyncContent loaded={loaded} what="the event type">
        {(type) => (
          <EventTypeForm
            type={type}
            submitText="Save"
            cancelHref={hrefTo(here)}
            onSubmit={async (fields) => {
              const changes = changesOf(type, fields);
              keepSaved(await hookcast().putEventType({ topicName, event, ...changes }));
              goTo(here, "The event type is saved.");
            }}
          />
        )}
      </AsyncContent>
    </Page>
  );
}
