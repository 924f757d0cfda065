import type { OutgoingRequest } from "../../../shared/domain/requests/outgoing-request.ts";
import { mintKeyPair, signingKey } from "../../../shared/domain/webhooks/signing-keys.ts";
import { sampleDelivery } from "./sample-delivery.ts";

const toleranceMs = 5 * 60_000;
/** More than a test takes between making a delivery and sending it. */
const marginMs = 120_000;

/** What a receiver that knows this secret must take, by what is special about it. */
export function genuineDeliveries(
  secret: string,
  otherSecret: string,
): [string, OutgoingRequest][] {
  return [
    ["just sent", sampleDelivery({ secrets: [secret] })],
    ["signed with a newer secret as well", sampleDelivery({ secrets: [otherSecret, secret] })],
    [
      "signed for a public key as well",
      sampleDelivery({ secrets: [secret], signingKeys: [signingKey(mintKeyPair())] }),
    ],
    ["a little late", signedAgo(toleranceMs - marginMs, secret)],
  ];
}

/** What a receiver that knows this secret must refuse, by what is wrong with it. */
export function forgedDeliveries(secret: string, otherSecret: string): [string, OutgoingRequest][] {
  const genuine = sampleDelivery({ secrets: [secret] });
  const signature = genuine.headers["webhook-signature"] ?? "";
  const timestamp = Number(genuine.headers["webhook-timestamp"]);
  const changed = (headers: Record<string, string>): OutgoingRequest => ({
    ...genuine,
    headers: { ...genuine.headers, ...headers },
  });
  const otherBody = Buffer.from(genuine.body.toString().replace("12", "13"));
  return [
    ["another body", { ...genuine, body: otherBody }],
    ["another id", changed({ "webhook-id": "msg_01HMYWCRK00W3GE1R70W3GE1R8" })],
    ["another timestamp", changed({ "webhook-timestamp": String(timestamp + 1) })],
    ["another secret", sampleDelivery({ secrets: [otherSecret] })],
    ["too old", signedAgo(toleranceMs + marginMs, secret)],
    ["from the future", signedAgo(-toleranceMs - marginMs, secret)],
    ["no signature", { ...genuine, headers: { "content-type": "application/json" } }],
    ["no form of a signature", changed({ "webhook-signature": "nonsense" })],
    ["a version without a signature", changed({ "webhook-signature": "v1" })],
    ["another version", changed({ "webhook-signature": signature.replace("v1", "v2") })],
  ];
}

function signedAgo(agoMs: number, secret: string): OutgoingRequest {
  return sampleDelivery({ secrets: [secret], sentTimeMs: Date.now() - agoMs });
}
