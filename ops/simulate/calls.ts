export const callKinds = [
  "SQS receive",
  "SQS send",
  "SQS delete",
  "SQS visibility",
  "SQS look",
  "DynamoDB read",
  "DynamoDB write",
] as const;
export type CallKind = (typeof callKinds)[number];

/** Counts calls to AWS by kind, from the delivery queue on. */
export class CallCounter {
  readonly counts: Record<CallKind, number> = {
    "SQS receive": 0,
    "SQS send": 0,
    "SQS delete": 0,
    "SQS visibility": 0,
    "SQS look": 0,
    "DynamoDB read": 0,
    "DynamoDB write": 0,
  };

  add(kind: CallKind, calls = 1): void {
    this.counts[kind] += calls;
  }
}
