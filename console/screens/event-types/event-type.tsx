import { useSignal } from "@preact/signals";
import { AsyncContent } from "../../parts/async-content.tsx";
import { Page } from "../../parts/page.tsx";
import { query } from "../../state/address/address.ts";
import { hrefTo } from "../../state/address/route.ts";
import type { DescribedEvent } from "../../state/event-types/catalogue.ts";
import { useEventType, useMayChange } from "../../state/event-types/event-types.ts";
import { DeleteEventType } from "./delete-event-type.tsx";
import { EventTypeExamples } from "./event-type-examples.tsx";
import { EventTypeFacts } from "./event-type-facts.tsx";
import { EventTypeSchema } from "./event-type-schema.tsx";
import { EventTypeVersions } from "./event-type-versions.tsx";
import { SavedTypeNotice } from "./saved-type-notice.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { TypesTrail } from "./types-trail.tsx";

interface EventTypeName {
  topicName: string;
  event: string;
}

/** What an event carries, as receivers and publishes have to do with it. */
export function EventTypeScreen({ topicName, event }: EventTypeName) {
  const { version } = query.value;
  const loaded = useEventType(topicName, event, version ? Number(version) : undefined);
  const mayChange = useMayChange();
  const status = loaded.value?.status;
  return (
    <Page
      title={event}
      trail={<TypesTrail />}
      aside={status && status !== "active" && <StatusBadge status={status} />}
      actions={mayChange && loaded.value && <Actions topicName={topicName} event={event} />}
    >
      <SavedTypeNotice topicName={topicName} event={event} />
      <AsyncContent loaded={loaded} what="the event type">
        {(type) => <Described type={type} />}
      </AsyncContent>
    </Page>
  );
}

function Described({ type }: { type: DescribedEvent }) {
  return (
    <>
      {type.description !== null && <p class="intro">{type.description}</p>}
      <OldVersionNotice type={type} />
      <div class="columns">
        <div class="stack">
          <EventTypeSchema schema={type.schema} />
          <EventTypeExamples type={type} />
        </div>
        <div class="side">
          <EventTypeFacts type={type} />
          <EventTypeVersions type={type} />
        </div>
      </div>
    </>
  );
}

function OldVersionNotice({ type }: TypeProps) {
  const { topicName, event, schemaVersion, versions, validate } = type;
  const newest = versions[0]?.schemaVersion;
  if (newest === undefined || newest === schemaVersion) return null;
  return (
    <div class="notice warn">
      <p>
        <strong>This is version {schemaVersion} of the schema, with its examples.</strong>{" "}
        {validate === "off"
          ? `The newest is version ${newest}.`
          : `Publishes are checked against version ${newest}.`}
      </p>
      <a href={hrefTo({ screen: "event type", topicName, event: String(event) })}>
        Show version {newest}
      </a>
    </div>
  );
}

interface TypeProps {
  type: DescribedEvent;
}

function Actions({ topicName, event }: EventTypeName) {
  const isDeleting = useSignal(false);
  return (
    <>
      <a class="button plain" href={hrefTo({ screen: "edit event type", topicName, event })}>
        Edit
      </a>
      <button type="button" class="plain danger" onClick={() => (isDeleting.value = true)}>
        Delete…
      </button>
      {isDeleting.value && (
        <DeleteEventType
          topicName={topicName}
          event={event}
          onClose={() => (isDeleting.value = false)}
        />
      )}
    </>
  );
}
