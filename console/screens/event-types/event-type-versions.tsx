import { When } from "../../parts/when.tsx";
import { hrefTo } from "../../state/address/route.ts";
import type { DescribedEvent } from "../../state/event-types/catalogue.ts";

/** The versions of the schema that are kept, each of which can be shown. */
export function EventTypeVersions({ type }: { type: DescribedEvent }) {
  const { topicName, event, schemaVersion, versions } = type;
  const here = hrefTo({ screen: "event type", topicName, event: String(event) });
  return (
    <section class="card flush" aria-labelledby="versions">
      <div class="card-head">
        <h2 id="versions">Versions</h2>
      </div>
      {versions.length === 0 && <p class="table-note">There has never been a schema.</p>}
      <ul class="choice-list">
        {versions.map((version, index) => (
          <li key={version.schemaVersion}>
            <a
              href={index === 0 ? here : `${here}?version=${version.schemaVersion}`}
              aria-current={version.schemaVersion === schemaVersion ? "true" : undefined}
            >
              Version {version.schemaVersion}
            </a>
            <When time={version.createdTime} isToTheMinute />
          </li>
        ))}
      </ul>
    </section>
  );
}
