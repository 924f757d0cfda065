import type { MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import { type EventCode, includesEvent } from "../../contract/values/event.ts";
import { jsonIn } from "../../contract/values/json-text.ts";
import type { FilterTrouble } from "../messages/operational-event.ts";
import { compileFilter, type Filter, type Subject } from "./filter.ts";

/** What decides which messages a webhook receives. */
interface Subscriber {
  readonly webhookId: string;
  readonly webhookName: string;
  readonly status: string;
  readonly events: readonly EventCode[];
  readonly productId: number | null;
  /** JSON, as it is stored. */
  readonly filter?: string | undefined;
}

type Facts = Pick<MessageMetadata, "event" | "productId" | "contentType">;

export interface Matcher {
  /**
   * Whether a subscriber of the topic receives the message: it is active, its events are empty or include the
   * message's, its productId is null or equal to the message's, and its filter matches.
   */
  matches(subscription: Subscriber): boolean;
  /** The webhooks of those asked so far whose filter could not be applied. */
  readonly troubles: readonly FilterTrouble[];
}

/** For one message and any number of subscribers; its value is parsed when the first filter needs it, and once. */
export function openMatcher(facts: Facts, payload: () => Payload | undefined): Matcher {
  const troubles: FilterTrouble[] = [];
  let subject: Subject | undefined;

  const passes = ({ filter, webhookId, webhookName }: Subscriber) => {
    if (filter === undefined) return true;
    const compiled = compiledFilter(filter);
    subject ??= subjectOf(facts, publishedValue(payload()));
    const verdict = compiled ? compiled.test(subject) : "unreadable";
    if (verdict === "matches" || verdict === "differs") return verdict === "matches";
    troubles.push({ webhookId, webhookName, reason: verdict });
    return false;
  };

  return {
    troubles,
    matches(subscription) {
      const { status, events, productId } = subscription;
      if (status !== "active") return false;
      const { event } = facts;
      const isWanted = events.length === 0 || (event !== null && includesEvent(events, event));
      if (!isWanted || (productId !== null && productId !== facts.productId)) return false;
      return passes(subscription);
    },
  };
}

/** A message without an event or a product has no such field, and one whose value is not JSON has no value. */
export function subjectOf({ event, productId, contentType }: Facts, value: unknown): Subject {
  return {
    event: event ?? undefined,
    productId: productId ?? undefined,
    contentType,
    value,
  };
}

function publishedValue(payload: Payload | undefined): unknown {
  return payload?.kind === "json" ? jsonIn(payload.text) : undefined;
}

/** Of an environment's busiest filters, by their text. */
const compiled = new Map<string, Filter | undefined>();
const maxCompiled = 1_000;

function compiledFilter(text: string): Filter | undefined {
  if (!compiled.has(text)) {
    const [oldest] = compiled.size >= maxCompiled ? compiled.keys() : [];
    if (oldest !== undefined) compiled.delete(oldest);
    compiled.set(text, compileFilter(jsonIn(text)));
  }
  return compiled.get(text);
}
