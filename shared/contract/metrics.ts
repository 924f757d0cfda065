/**
 * Every metric of our own. CloudWatch asks $0.30 a month for each name and dimension set that is written, so
 * they are few, and their one dimension is the stack.
 */
export const metricUnits = {
  /** Messages that were acknowledged, operational events included. */
  Accepted: "Count",
  Delivered: "Count",
  /** Deliveries that ended without success. */
  Failed: "Count",
  /** Attempts that failed and have another behind them. */
  Retried: "Count",
  /** Deliveries put aside while their webhook's breaker is open. */
  Parked: "Count",
  /** Deliveries put aside for their webhook's rate, or since its receiver has asked for a pause. */
  Limited: "Count",
  /** Rows of the delivery log that could not be written. */
  Unrecorded: "Count",
  /** Operational events that were told one by one. */
  Events: "Count",
  /** Operational events that are told in a summary alone. */
  EventsSuppressed: "Count",
  /** Of each attempt, from the POST to the end of the response. */
  AttemptLatency: "Milliseconds",
  /** How long each job was ready in its queue before it was taken up. */
  QueueDwell: "Milliseconds",
  /** Since its publish: the oldest message that a retry, due row or parked row still waits to deliver. */
  OldestUndelivered: "Seconds",
  /** How late the latest due row was that the sweeper found. */
  SweeperLag: "Seconds",
  /** What was refused for having been forwarded too often, or beyond its cache's budget for that. */
  HopsRefused: "Count",
  /** Messages that the schema of their event's type does not accept, refused or not. */
  SchemaFaults: "Count",
  /** Bodies and entries of ingest queues that went to a dead-letter queue. */
  IngestRefused: "Count",
  /** Rows of the outbox that wait for a person: as many as the last sweep has seen. */
  OutboxRefused: "None",
  /** Since it was written: the oldest row of the outbox that is not accepted after five minutes. */
  OutboxOldest: "Seconds",
  /** Keys that the authorizer refused; API Gateway caches its decisions for a while, and asks less often. */
  Denied: "Count",
} as const;

export type MetricName = keyof typeof metricUnits;

export const metricNamespace = "Hookcast";
export const metricDimension = "Stack";
