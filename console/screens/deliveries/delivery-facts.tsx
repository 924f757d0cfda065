import type { Delivery } from "../../../shared/contract/delivery.ts";
import { Facts } from "../../parts/facts.tsx";
import { IdText } from "../../parts/text/id-text.tsx";
import { When } from "../../parts/when.tsx";
import { hrefTo } from "../../state/address/route.ts";
import { failureReason } from "../../state/deliveries/failure-reason.ts";

interface DeliveryFactsProps {
  delivery: Delivery;
  /** Where the message is, if that is known. */
  cacheName: string | undefined;
}

export function DeliveryFacts({ delivery, cacheName }: DeliveryFactsProps) {
  const { messageId, topicName, event, publishedTime, attempts, attemptCount, error } = delivery;
  const { status, lastAttemptTime, nextAttemptTime } = delivery;
  const facts = {
    Message: (
      <IdText
        id={messageId}
        what="message"
        href={cacheName && hrefTo({ screen: "message", cacheName, messageId })}
      />
    ),
    Topic: topicName,
    Event: event ?? "none",
    Published: <When time={publishedTime} />,
    Attempts:
      attemptCount === attempts.length
        ? attemptCount
        : `${attemptCount} since it was sent again, ${attempts.length} in all`,
    "Last attempt": lastAttemptTime === null ? "none yet" : <When time={lastAttemptTime} />,
    "Next attempt": nextAttemptTime === null ? "none planned" : <When time={nextAttemptTime} />,
    ...(error !== null && {
      [status === "failed" ? "Failed because" : "Not delivered yet"]: failureReason(error),
    }),
  };
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      <Facts facts={facts} />
    </section>
  );
}
