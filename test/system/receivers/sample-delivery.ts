import type { KeyObject } from "node:crypto";
import type { MessageMetadata } from "../../../shared/contract/jobs.ts";
import type { Payload } from "../../../shared/contract/message.ts";
import type { Format } from "../../../shared/contract/values/webhook-values.ts";
import {
  type OutgoingRequest,
  outgoingRequest,
} from "../../../shared/domain/requests/outgoing-request.ts";
import type { Signing } from "../../../shared/domain/requests/signatures.ts";
import { Secret } from "../../../shared/domain/webhooks/sealed.ts";
import { factsWith } from "../../unit/samples.ts";

interface SampleDelivery {
  secrets: [string, ...string[]];
  url?: string;
  sentTimeMs?: number;
  format?: Format;
  message?: Partial<MessageMetadata>;
  payload?: Payload;
  signing?: Partial<Signing>;
  signingKeys?: KeyObject[];
}

/** A delivery as the service would send it, by default now and in the standard format. */
export function sampleDelivery({
  secrets,
  url = "http://127.0.0.1/",
  sentTimeMs = Date.now(),
  format = "standard",
  message = {},
  signing = {},
  signingKeys = [],
  payload = { kind: "json", text: '{"größe":"日本 😀","amount":12}' },
}: SampleDelivery): OutgoingRequest {
  const [first, ...others] = secrets.map((secret) => new Secret(secret));
  if (!first) throw new Error("a delivery needs a secret");
  const target = {
    url,
    format,
    timeoutSeconds: 15,
    headers: {},
    secrets: [first, ...others],
    signingKeys,
    signing: { signatures: [], standardSignature: true, metaHeaders: {}, ...signing },
  } as const;
  return outgoingRequest(target, factsWith(message), payload, { attempt: 1, nowMs: sentTimeMs });
}
