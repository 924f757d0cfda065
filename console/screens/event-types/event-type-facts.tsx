import type { ComponentChildren } from "preact";
import { Facts } from "../../parts/facts.tsx";
import { CutText } from "../../parts/text/cut-text.tsx";
import { When } from "../../parts/when.tsx";
import type { DescribedEvent } from "../../state/event-types/catalogue.ts";

/** What each way of checking means for a publish. */
const checks: Record<DescribedEvent["validate"], string> = {
  off: "off: publishes are not checked",
  warn: "warn: what does not match is counted and logged",
  enforce: "enforce: what does not match is refused",
};

export function EventTypeFacts({ type }: { type: DescribedEvent }) {
  const { topicName, group, status, validate, audience, createdTime, lastModifiedTime } = type;
  const facts: Record<string, ComponentChildren> = {
    Topic: <CutText text={topicName} />,
    Group: group ?? <span class="quiet">none</span>,
    Status: status,
    Check: checks[validate],
    Audience: audience.length > 0 ? audience.join(", ") : "everybody",
    Created: <When time={createdTime} />,
    Changed: <When time={lastModifiedTime} />,
  };
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">Settings</h2>
      <Facts facts={facts} />
    </section>
  );
}
