import type { DescribedEvent } from "../../../console/state/event-types/catalogue.ts";
import { t } from "../../language/language.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { ScreenFrame } from "../../parts/screen-frame.tsx";
import { useEventType } from "../../state/event-types.ts";
import { hrefTo } from "../../state/paths.ts";
import { may } from "../../state/session.ts";
import { VerifySnippets } from "../endpoint/verify-snippets.tsx";
import { EventExamples } from "./event-examples.tsx";
import { EventSchema } from "./event-schema.tsx";

interface EventScreenProps {
  topicName: string;
  event: string;
}

/** What an event carries, and how to be sure of it. */
export function EventScreen({ topicName, event }: EventScreenProps) {
  const loaded = useEventType(topicName, event);
  const { status } = loaded.value ?? {};
  return (
    <ScreenFrame
      title={event}
      up={{ href: hrefTo({ screen: "events" }), name: t("events.title") }}
      aside={
        status !== undefined &&
        status !== "active" && <span class="badge warn">{t(`events.${status}`)}</span>
      }
      actions={
        may("manage") && (
          <a class="button plain" href={`${hrefTo({ screen: "add" })}?event=${event}`}>
            {t("events.receive")}
          </a>
        )
      }
    >
      <AsyncContent loaded={loaded}>{(type) => <Described type={type} />}</AsyncContent>
    </ScreenFrame>
  );
}

function Described({ type }: { type: DescribedEvent }) {
  return (
    <>
      {type.description && <p class="intro">{type.description}</p>}
      <div class="halves">
        <EventSchema schema={type.schema} version={type.schemaVersion} />
        <div class="side">
          <EventExamples type={type} />
          <section class="card">
            <VerifySnippets />
          </section>
        </div>
      </div>
    </>
  );
}
