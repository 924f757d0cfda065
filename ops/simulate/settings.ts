import { deadLettersUrl, tableNames } from "./world.ts";

export interface Settings {
  readonly retryScheduleSeconds: readonly number[];
  readonly maxDrainRate: number;
  readonly recoverRate: number;
}

/** The queues of a deployment, by the variable that tells a function where each is. */
export const queueUrls = {
  DELIVERY_QUEUE_URLS: "delivery",
  NEWCOMER_QUEUE_URL: "newcomer",
  SLOW_QUEUE_URL: "slow",
  RETRY_QUEUE_URL: "retry",
  FAN_OUT_QUEUE_URL: "fan-out",
  RECOVER_QUEUE_URL: "recover",
} as const;

/** The name of the queue whose messages are published. */
export const ingestQueue = "ingest";

/**
 * Gives this process the variables that the functions of a deployment are given. They are read when an
 * environment is opened, so one world lives at a time.
 */
export function useSettings(settings: Settings): void {
  Object.assign(process.env, tableNames, queueUrls, {
    DEAD_LETTER_QUEUE_URL: deadLettersUrl,
    RETRY_SCHEDULE_SECONDS: settings.retryScheduleSeconds.join(","),
    MAX_DRAIN_RATE: String(settings.maxDrainRate),
    RECOVER_RATE: String(settings.recoverRate),
    INGEST_SOURCES: JSON.stringify([{ queue: ingestQueue }]),
    RETENTION_DAYS: "30",
    EVENTS_PER_CACHE_PER_MINUTE: "60",
    PUBLISHES_PER_KEY_PER_MINUTE: "0",
    HOPPED_PUBLISHES_PER_CACHE_PER_MINUTE: "60",
    LOGS_SUCCESSES: "true",
    DELIVERY_STATS: "true",
    ALLOW_PRIVATE_DESTINATIONS: "false",
    TRACING: "false",
  });
}
