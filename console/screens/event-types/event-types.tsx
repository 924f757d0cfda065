import { AsyncContent } from "../../parts/async-content.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Page } from "../../parts/page.tsx";
import { query } from "../../state/address/address.ts";
import { hrefTo } from "../../state/address/route.ts";
import {
  type EventType,
  isChosen,
  matching,
  type StatusChoice,
  statusChoices,
} from "../../state/event-types/catalogue.ts";
import { useEventTypes, useMayChange } from "../../state/event-types/event-types.ts";
import { EventTypeFilter } from "./event-type-filter.tsx";
import { EventTypeTable } from "./event-type-table.tsx";
import { ExportButtons } from "./export-buttons.tsx";
import { NoEventTypes } from "./no-event-types.tsx";

/** The catalogue: every event that is described, by its group. */
export function EventTypes() {
  const { find = "", status: asked } = query.value;
  const status = chosenStatus(asked);
  const loaded = useEventTypes();
  const mayChange = useMayChange();
  return (
    <Page title="Event types" actions={mayChange && <Changes />}>
      <p class="intro">
        What each event carries. The catalogue is the same for every cache: your customers choose
        from it in the portal, and publishes can be checked against it.
        {mayChange === false && " This key may read it and not change it."}
      </p>
      <EventTypeFilter find={find} status={status} />
      <section class="card flush" aria-label="All event types">
        <AsyncContent loaded={loaded} what="event types">
          {(types) => {
            const chosen = types.filter((type) => isChosen(type.status, status));
            const found = matching(chosen, find, othersOf);
            if (types.length === 0) return <NoEventTypes mayChange={mayChange === true} />;
            if (found.length === 0) return <NoMatch find={find} status={status} />;
            return <EventTypeTable types={found} />;
          }}
        </AsyncContent>
      </section>
      {(loaded.value?.length ?? 0) > 0 && <ExportButtons />}
    </Page>
  );
}

function Changes() {
  return (
    <>
      <a class="button plain" href={hrefTo({ screen: "import event types" })}>
        Import
      </a>
      <a class="button" href={hrefTo({ screen: "new event type" })}>
        <Icon name="plus" />
        New event type
      </a>
    </>
  );
}

function NoMatch({ find, status }: { find: string; status: StatusChoice }) {
  if (find === "") {
    return (
      <Empty title={`No event type is ${statusChoices[status]}.`}>
        <p>Choose another status to see the rest of the catalogue.</p>
      </Empty>
    );
  }
  return (
    <Empty title={`No event type matches “${find}”.`}>
      <p>
        Names, descriptions, topics, groups and audiences are searched, of types with the status:{" "}
        {statusChoices[status]}.
      </p>
    </Empty>
  );
}

function othersOf({ topicName, group, audience }: EventType): string[] {
  return [topicName, group ?? "", ...audience];
}

function chosenStatus(asked: string | undefined): StatusChoice {
  const names = Object.keys(statusChoices) as StatusChoice[];
  return names.find((name) => name === asked) ?? "current";
}
