import type { Attempt, DeliverySummary } from "../../shared/contract/delivery.ts";
import type { MessageSummary } from "../../shared/contract/message.ts";
import { includesEvent } from "../../shared/contract/values/event.ts";
import type { Webhook } from "../../shared/contract/webhook.ts";

interface Cause {
  readonly cause: string;
  readonly whatToDo?: string;
}

type Delivery = Pick<DeliverySummary, "status" | "attemptCount" | "nextAttemptTime" | "error"> & {
  readonly lastStatusCode: number | null;
};

/** Why a delivery is where it is, and what helps. A webhook that is gone is undefined. */
export function causeOf(
  delivery: Delivery,
  attempts: readonly Attempt[],
  webhook: Webhook | undefined,
): Cause {
  switch (delivery.status) {
    case "delivered":
      return { cause: delivered(delivery, attempts) };
    case "pending":
      return { cause: `It waits for its first attempt${heldBack(webhook)}.` };
    case "retrying":
      return {
        cause: `${lastFailure(delivery)} ${nextAttempt(delivery)}${heldBack(webhook)}.`,
        ...adviceFor(delivery),
      };
    case "failed":
      return failed(delivery, webhook);
  }
}

/**
 * Why a webhook of the topic has no delivery of a message. `because` has the parts of its filter that the message does
 * not pass; undefined where it passes, or there is none.
 */
export function whyNotSent(
  webhook: Webhook,
  message: MessageSummary,
  because?: readonly string[],
): string {
  const { events, productId, webhookStatus, createdTime } = webhook;
  if (createdTime > message.publishedTime) return "The webhook was made after the message.";
  if (events.length > 0 && (message.event === null || !includesEvent(events, message.event))) {
    const event = message.event === null ? "no event" : `the event ${message.event}`;
    return `The webhook takes only the events ${events.join(", ")}, and the message has ${event}.`;
  }
  if (productId !== null && productId !== message.productId) {
    const product = message.productId === null ? "none" : `the product ${message.productId}`;
    return `The webhook is for the product ${productId}, and the message is for ${product}.`;
  }
  if (because) {
    const parts = because.length > 0 ? `: ${because.join(", ")}` : "";
    return `The message does not pass the webhook's filter${parts}.`;
  }
  if (webhookStatus === "inactive")
    return "The webhook is inactive now, and may have been so then.";
  return (
    "Its settings match the message now. It was inactive or different when the message was " +
    "published, or the delivery is a moment old. A recovery with the mode missing sends it."
  );
}

function delivered({ attemptCount, lastStatusCode }: Delivery, attempts: readonly Attempt[]) {
  const answer = lastStatusCode === null ? "" : ` with HTTP ${lastStatusCode}`;
  const failure = attempts.find(({ error }) => error !== null)?.error;
  if (attemptCount <= 1 || !failure) return `The receiver took it${answer}.`;
  return `The receiver took it${answer} at attempt ${attemptCount}. Before, it failed: ${failure}.`;
}

function failed(delivery: Delivery, webhook: Webhook | undefined): Cause {
  const { error, attemptCount } = delivery;
  const sendAgain =
    "then send it again (`retry_delivery`), or all failed ones (`recover_deliveries`)";
  if (!webhook || error === "webhook deleted") return { cause: "Its webhook was deleted." };
  if (webhook.statusReason === "gone") {
    return {
      cause: `${lastFailure(delivery)} The receiver asked for no more, so the webhook was made inactive.`,
      whatToDo: `Ask the receiver's owner. Make the webhook active, ${sendAgain}.`,
    };
  }
  if (error === "webhook inactive" || webhook.webhookStatus === "inactive") {
    return {
      cause: "The webhook is inactive, so nothing more is sent to it.",
      whatToDo: `Make the webhook active, ${sendAgain}.`,
    };
  }
  if (error === "horizon") {
    return {
      cause: "Its next attempt would have come more than seven days after the publish.",
      whatToDo: `Fix the receiver, ${sendAgain}.`,
    };
  }
  return {
    cause: `${lastFailure(delivery)} No attempt is left after ${attemptCount}.`,
    whatToDo: `${adviceFor(delivery).whatToDo} Fix that, ${sendAgain}.`,
  };
}

function lastFailure({ error, attemptCount }: Delivery): string {
  return `Attempt ${attemptCount} failed: ${error ?? "for a reason that is not known"}.`;
}

function nextAttempt({ nextAttemptTime }: Delivery): string {
  return nextAttemptTime === null
    ? "It will be tried again"
    : `It is tried again at ${nextAttemptTime}`;
}

/** What holds back all deliveries of the webhook. */
function heldBack(webhook: Webhook | undefined): string {
  if (webhook?.cacheStatus === "suspended") return ". An operator has suspended the cache";
  switch (webhook?.health?.state) {
    case "held": {
      const { nextProbeTime } = webhook.health;
      const probe = nextProbeTime === null ? "" : `, the next at ${nextProbeTime}`;
      return `. The webhook's circuit breaker is open after many failures: only probes are sent${probe}`;
    }
    case "limited":
      return ". A rate limit or a pause that the receiver asked for holds its deliveries back";
    case "disabled":
      return ". The webhook is inactive, so nothing more is sent to it";
    default:
      return "";
  }
}

/** By what came back, what a person should look at. */
function adviceFor({ lastStatusCode: code, error }: Delivery): { whatToDo: string } {
  const whatToDo = adviceOf(code, error ?? "");
  return { whatToDo };
}

function adviceOf(code: number | null, error: string): string {
  if (code === null) {
    if (error.startsWith("DNS")) return "The name of the receiver does not resolve. Check the URL.";
    if (/client certificate|handshake/.test(error)) {
      return "The receiver wants another client certificate, or one at all. Renew the webhook's, or ask the receiver which it accepts.";
    }
    if (/certificate|TLS|SSL/i.test(error)) return "The receiver's certificate is not valid.";
    if (/time|no answer|within/i.test(error)) {
      return "The receiver takes too long. It should answer first, and work afterwards.";
    }
    return "The receiver could not be reached. Check that it runs and lets requests in.";
  }
  if (code === 401 || code === 403) {
    return "The receiver does not accept the request. Check its secret, or the headers that it wants.";
  }
  if (code === 404 || code === 405) return "The URL leads to nothing that takes a POST. Check it.";
  if (code >= 300 && code < 400)
    return "The receiver redirects, which is not followed. Use the new URL.";
  if (code === 413) return "The message is too large for the receiver.";
  if (code === 429) return "The receiver has too many requests. Set maxPerSecond of the webhook.";
  if (code >= 500) return "The receiver has a fault of its own. See its log at the attempt's time.";
  return "The receiver refused the message. See its answer in the delivery's attempts (`get_delivery`).";
}
