import { CutText } from "../../parts/text/cut-text.tsx";
import { When } from "../../parts/when.tsx";
import { hrefTo } from "../../state/address/route.ts";
import { type EventType, grouped } from "../../state/event-types/catalogue.ts";
import { countText } from "../../state/numbers.ts";
import { StatusBadge } from "./status-badge.tsx";

export function EventTypeTable({ types }: { types: readonly EventType[] }) {
  return (
    <table class="rows types">
      <thead>
        <tr>
          <th scope="col">Event</th>
          <th scope="col">Topic</th>
          <th scope="col">Status</th>
          <th scope="col">Check</th>
          <th scope="col">Audience</th>
          <th scope="col" class="number">
            Version
          </th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      {grouped(types).map(([group, members]) => (
        <tbody key={group ?? ""}>
          <tr class="group">
            <th scope="rowgroup" colSpan={7}>
              <strong>{group ?? "Without a group"}</strong>{" "}
              <span class="quiet">{countText(members.length)}</span>
            </th>
          </tr>
          {members.map((type) => (
            <EventTypeRow key={`${type.topicName}/${type.event}`} type={type} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function EventTypeRow({ type }: { type: EventType }) {
  const { topicName, event, description, status, validate, audience } = type;
  const name = String(event);
  return (
    <tr>
      <th scope="row" data-label="Event" class="name">
        <a href={hrefTo({ screen: "event type", topicName, event: name })} data-row>
          <CutText text={name} />
        </a>
        {description !== null && <span class="hint about">{description}</span>}
      </th>
      <td data-label="Topic" class="cache">
        <CutText text={topicName} />
      </td>
      <td data-label="Status" class="in-status">
        <StatusBadge status={status} />
      </td>
      <td data-label="Check" class="in-check">
        <span class={validate === "off" ? "quiet" : undefined}>{validate}</span>
      </td>
      <td data-label="Audience" class="result">
        {audience.length > 0 ? (
          <CutText text={audience.join(", ")} />
        ) : (
          <span class="quiet">everybody</span>
        )}
      </td>
      <td data-label="Version" class="number">
        {type.schemaVersion === 0 ? <span class="quiet">—</span> : countText(type.schemaVersion)}
      </td>
      <td data-label="Changed" class="in-changed">
        <When time={type.lastModifiedTime} isAgo />
      </td>
    </tr>
  );
}
