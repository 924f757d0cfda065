/**
 * List prices in US dollars: us-east-1, November 2026, without free tiers, discounts or tax. The one place
 * where the bench knows what anything costs.
 */
export const prices = {
  /** HTTP API. */
  apiGatewayPerRequest: 1 / 1e6,
  lambdaPerRequest: 0.2 / 1e6,
  /** arm64. */
  lambdaPerGbSecond: 0.000_013_333_4,
  /** On demand. */
  dynamoDbPerWriteUnit: 0.625 / 1e6,
  dynamoDbPerReadUnit: 0.125 / 1e6,
  /** Standard queue; each 64 KiB of a request count as one. */
  sqsPerRequest: 0.4 / 1e6,
  /** On top, for requests that send with a message group. */
  sqsFairPerRequest: 0.1 / 1e6,
  /** Of one's own, each 64 KiB; what it sends to a queue is a request of SQS besides. */
  eventBridgePerEvent: 1 / 1e6,
  logsPerGb: 0.5,
  egressPerGb: 0.09,
} as const;
