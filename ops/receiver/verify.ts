import { timingSafeEqual } from "node:crypto";
import { momentoSignature, standardSignature } from "../../shared/domain/requests/signature.ts";

/** Standard Webhooks: an old timestamp may be a replay of a delivery that somebody recorded. */
const toleranceSeconds = 5 * 60;

export interface ReceivedDelivery {
  header(name: string): string | undefined;
  body: Uint8Array;
}

/** Everything that is wrong with a delivery's signatures; nothing when it is genuine and fresh. */
export function findFlaws(delivery: ReceivedDelivery, secrets: string[], nowMs: number): string[] {
  const headers = ["webhook-id", "webhook-timestamp", "webhook-signature", "momento-signature"];
  const missing = headers.filter((name) => !delivery.header(name));
  if (missing.length > 0) return missing.map((name) => `no ${name} header`);

  const timestamp = delivery.header("webhook-timestamp") ?? "";
  if (!/^\d+$/.test(timestamp)) return [`webhook-timestamp ${timestamp} is not in Unix seconds`];
  return [
    ...timestampFlaws(Number(timestamp), nowMs),
    ...standardFlaws(delivery, secrets, Number(timestamp)),
    ...momentoFlaws(delivery, secrets),
  ];
}

function timestampFlaws(timestampSeconds: number, nowMs: number): string[] {
  const ageSeconds = Math.floor(nowMs / 1000) - timestampSeconds;
  if (ageSeconds > toleranceSeconds) return [`the timestamp is ${ageSeconds} s old`];
  if (ageSeconds < -toleranceSeconds) return [`the timestamp is ${-ageSeconds} s in the future`];
  return [];
}

function standardFlaws(delivery: ReceivedDelivery, secrets: string[], timestampSeconds: number) {
  const id = delivery.header("webhook-id") ?? "";
  const signed = { id, timestampSeconds, body: delivery.body };
  const expected = secrets.map((secret) => standardSignature({ ...signed, secrets: [secret] }));
  // While a rotation's grace lasts the header holds two signatures, separated by a space.
  const received = (delivery.header("webhook-signature") ?? "").split(" ");
  return anyEqual(received, expected) ? [] : ["webhook-signature fits no given secret"];
}

function momentoFlaws(delivery: ReceivedDelivery, secrets: string[]): string[] {
  const expected = secrets.map((secret) => momentoSignature(secret, delivery.body));
  const received = [delivery.header("momento-signature") ?? ""];
  return anyEqual(received, expected) ? [] : ["momento-signature fits no given secret"];
}

function anyEqual(received: string[], expected: string[]): boolean {
  return received.some((one) => expected.some((other) => isEqual(one, other)));
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
