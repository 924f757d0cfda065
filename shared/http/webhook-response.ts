/** What a receiver said: its status counts, the rest is for the log and for when to try again. */
export interface WebhookResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string | undefined>;
  /** The beginning of the body, as it came. */
  readonly body: Buffer;
}
