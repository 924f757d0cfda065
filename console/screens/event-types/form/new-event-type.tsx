import { Field } from "../../../parts/field.tsx";
import { Page } from "../../../parts/page.tsx";
import { goTo } from "../../../state/address/navigation.ts";
import { hrefTo } from "../../../state/address/route.ts";
import { createEventType } from "../../../state/event-types/create-type.ts";
import { keepSaved } from "../../../state/event-types/saved-type.ts";
import type { TypeProblems } from "../../../state/event-types/type-form.ts";
import { TypesTrail } from "../types-trail.tsx";
import { EventTypeForm } from "./event-type-form.tsx";

export function NewEventType() {
  return (
    <Page title="New event type" trail={<TypesTrail />}>
      <EventTypeForm
        submitText="Create the event type"
        cancelHref={hrefTo({ screen: "event types" })}
        naming={(problems) => <Naming problems={problems} />}
        onSubmit={async (fields, field) => {
          const name = { topicName: field("topicName").trim(), event: field("event").trim() };
          keepSaved(await createEventType({ ...name, ...fields }));
          goTo({ screen: "event type", ...name }, `${name.event} is created.`);
        }}
      />
    </Page>
  );
}

function Naming({ problems }: { problems: TypeProblems }) {
  return (
    <div class="pair">
      <Field label="Event" hint="Such as invoice.paid, or 101." problems={problems.event}>
        {(ties) => <input {...ties} name="event" autocomplete="off" required />}
      </Field>
      <Field
        label="Topic"
        hint="To which it is published. Neither can be changed later."
        problems={problems.topicName}
      >
        {(ties) => <input {...ties} name="topicName" autocomplete="off" required />}
      </Field>
    </div>
  );
}
