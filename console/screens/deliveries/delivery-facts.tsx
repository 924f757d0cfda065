import type { Delivery } from "../../../shared/contract/delivery.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { Facts } from "../../parts/facts.tsx";
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
      <>
        {cacheName === undefined ? (
          <code>{messageId}</code>
        ) : (
          <a class="id" href={hrefTo({ screen: "message", cacheName, messageId })}>
            {messageId}
          </a>
        )}{" "}
        <CopyButton text={messageId} what="message’s id" />
      </>
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
