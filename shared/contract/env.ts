import * as z from "zod/mini";

/** Yes or no in the environment. */
const flag = z.pipe(
  z.enum(["true", "false"]),
  z.transform((text) => text === "true"),
);

/** A number in the environment. */
const count = z.pipe(z.string().check(z.regex(/^[0-9]+$/)), z.transform(Number));

/** An address, and behind commas further ones, or the names of queues beside it: variables have 4 KB together. */
function queueList(text: string): string[] {
  const [first = "", ...others] = text.split(",");
  const folder = first.slice(0, first.lastIndexOf("/") + 1);
  return [first, ...others.map((other) => (other.includes("/") ? other : folder + other))];
}

/** Every variable that a function may be given; a function reads only those it was linked to. */
export const variables = {
  WEBHOOKS_TABLE: z.string(),
  MESSAGES_TABLE: z.string(),
  DELIVERIES_TABLE: z.string(),
  API_KEYS_TABLE: z.string(),
  /** One for each shard, as `queueList` reads them; a webhook's deliveries always take the same one. */
  DELIVERY_QUEUE_URLS: z.pipe(z.string().check(z.minLength(1)), z.transform(queueList)),
  RETRY_QUEUE_URL: z.string(),
  NEWCOMER_QUEUE_URL: z.string(),
  SLOW_QUEUE_URL: z.string(),
  FAN_OUT_QUEUE_URL: z.string(),
  RECOVER_QUEUE_URL: z.string(),
  /** The ingest queues and what each may do, as JSON of `IngestSource`s. */
  INGEST_SOURCES: z.string(),
  /** The table to which callers write events in transactions of their own. */
  OUTBOX_TABLE: z.string(),
  /** Where a worker buries what no retry will make readable. */
  DEAD_LETTER_QUEUE_URL: z.string(),
  /** The KMS key under which the data key is wrapped. */
  DATA_KEY_ID: z.string(),
  /** How long messages and deliveries are kept; 0 keeps no message. */
  RETENTION_DAYS: count,
  /** Whether deliveries that succeed at the first attempt get a row. */
  LOGS_SUCCESSES: flag,
  /** Whether deliveries are counted by the minute. */
  DELIVERY_STATS: flag,
  ALLOW_PRIVATE_DESTINATIONS: flag,
  /** What becomes of a publish whose event has no type in the catalogue. */
  UNKNOWN_EVENTS: z._default(z.enum(["accept", "refuse"]), "accept"),
  /** Whether messages and attempts belong to traces. */
  TRACING: flag,
  /** The stack, under whose name metrics are written; without it none are. */
  METRICS_STACK: z.optional(z.string()),
  /** How long a decision on a key is remembered where no gateway does it; 0: not at all. */
  AUTHORIZER_CACHE_SECONDS: count,
  WEBHOOKS_PER_CACHE: count,
  /** How many messages a key may publish in a minute; 0 sets no bound. */
  PUBLISHES_PER_KEY_PER_MINUTE: count,
  /** How many operational events of a cache are told one by one in a minute. */
  EVENTS_PER_CACHE_PER_MINUTE: count,
  /** How many forwarded messages a cache takes in a minute. */
  HOPPED_PUBLISHES_PER_CACHE_PER_MINUTE: count,
  /** Where this deployment itself is reached, separated by commas: no webhook may post there. */
  OWN_ADDRESSES: z.pipe(
    z.string(),
    z.transform((text) => text.split(",").filter(Boolean)),
  ),
  /** Where the console is, with a slash at the end; absent where there is none. */
  CONSOLE_URL: z.optional(z.string()),
  /** Whose pages may show the portal in a frame, separated by commas. */
  PORTAL_ORIGINS: z.pipe(
    z.string(),
    z.transform((text) => text.split(",").filter(Boolean)),
  ),
  /** JSON: how the deliveries of webhooks are signed that say nothing of it, beside `webhook-signature`. */
  SIGNATURES: z._default(z.string(), "[]"),
  /** From where deliveries come, separated by commas; empty where that is not fixed. */
  EGRESS_ADDRESSES: z.pipe(
    z.string(),
    z.transform((text) => text.split(",").filter(Boolean)),
  ),
  /** How many parked deliveries a second go back to a webhook that works again, at most. */
  MAX_DRAIN_RATE: count,
  /** How many deliveries a second one recovery sends, at most. */
  RECOVER_RATE: count,
  /** Waits between attempts, in seconds, separated by commas. */
  RETRY_SCHEDULE_SECONDS: z.pipe(
    z.string().check(z.regex(/^[0-9]+(,[0-9]+)*$/)),
    z.transform((text) => text.split(",").map(Number)),
  ),
} as const;

export type VariableName = keyof typeof variables;
