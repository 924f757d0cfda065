import { useSignal } from "@preact/signals";
import { Empty } from "../../../console/parts/empty.tsx";
import { type EventType, grouped, matching } from "../../../console/state/event-types/catalogue.ts";
import { t } from "../../language/language.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { ScreenFrame } from "../../parts/screen-frame.tsx";
import { useEventTypes } from "../../state/event-types.ts";
import { hrefTo } from "../../state/paths.ts";

/** Every event that there is, by its group. */
export function Events() {
  const loaded = useEventTypes();
  return (
    <ScreenFrame title={t("events.title")}>
      <p class="intro">{t("events.intro")}</p>
      <AsyncContent loaded={loaded}>
        {(types) =>
          types.length === 0 ? (
            <section class="card">
              <Empty title={t("events.empty")}>
                <p>{t("events.emptyText")}</p>
              </Empty>
            </section>
          ) : (
            <EventList types={types} />
          )
        }
      </AsyncContent>
    </ScreenFrame>
  );
}

function EventList({ types }: { types: readonly EventType[] }) {
  const search = useSignal("");
  const found = matching(types, search.value);
  return (
    <>
      <input
        type="search"
        class="finder"
        aria-label={t("events.find")}
        placeholder={t("events.find")}
        onInput={(event) => (search.value = event.currentTarget.value)}
      />
      {found.length === 0 && <p class="quiet">{t("events.noMatch", { text: search.value })}</p>}
      {grouped(found).map(([group, members]) => (
        <section key={group ?? ""} class="card flush">
          <div class="card-head">
            <h2>{group ?? t("form.ungrouped")}</h2>
          </div>
          <ul class="choice-list events">
            {members.map((type) => (
              <EventLine key={`${type.topicName}/${type.event}`} type={type} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function EventLine({ type: { topicName, event, description, status } }: { type: EventType }) {
  return (
    <li>
      <a href={hrefTo({ screen: "event", topicName, event: String(event) })}>
        <code>{event}</code>
        <span class="quiet">{description}</span>
      </a>
      {status !== "active" && <span class="badge warn">{t(`events.${status}`)}</span>}
    </li>
  );
}
