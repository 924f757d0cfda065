import * as z from "zod/mini";
import { ClientCertificate } from "./values/client-certificate.ts";
import { CustomHeaders } from "./values/custom-headers.ts";
import { DestinationAuth } from "./values/destination-auth.ts";
import { Filter } from "./values/filter.ts";
import { MetaHeaders, Signatures } from "./values/signatures.ts";
import { Format } from "./values/webhook-values.ts";
import { Asymmetric, MaxPerSecond, StandardSignature, TimeoutSeconds, Url } from "./webhook.ts";

const rateMeaning =
  "The most POSTs a second that the receiver gets; others wait. Null removes the limit.";

/**
 * The Thredd page writes `customHeader` in its responses and `customHeaders` in its requests, so both are
 * accepted; they must agree where both are sent.
 */
const signaturesMeaning =
  "Signatures besides `webhook-signature`. An empty list means none; null means the deployment's setting.";

const filterMeaning =
  "Which messages to deliver, by their content: an event pattern of EventBridge. Null means all.";
const authMeaning =
  "What authorizes deliveries at their receiver. Null removes it. A secret that is `•••` stays the stored one.";

const certificateMeaning =
  "The certificate by which deliveries identify themselves in the TLS handshake. Null removes it. A private key that is `•••` stays the stored one.";

const fields = {
  customHeader: z.optional(CustomHeaders),
  customHeaders: z.optional(CustomHeaders),
  format: z.optional(Format),
  timeoutSeconds: z.optional(TimeoutSeconds),
  maxPerSecond: z.optional(z.nullable(MaxPerSecond).check(z.describe(rateMeaning))),
  signatures: z.optional(z.nullable(Signatures).check(z.describe(signaturesMeaning))),
  standardSignature: z.optional(StandardSignature),
  asymmetric: z.optional(Asymmetric),
  metaHeaders: z.optional(MetaHeaders),
  filter: z.optional(z.nullable(Filter).check(z.describe(filterMeaning))),
  auth: z.optional(z.nullable(DestinationAuth).check(z.describe(authMeaning))),
  clientCertificate: z.optional(
    z.nullable(ClientCertificate).check(z.describe(certificateMeaning)),
  ),
};

/** Every bad field is told at once, so these look on where another field is bad already. */
const always = { when: () => true };

const HeaderMaps = z.object({
  customHeader: z.optional(z.unknown()),
  customHeaders: z.optional(z.unknown()),
});

const oneHeaderMap = z.check<unknown>((config) => {
  const maps = z.safeParse(HeaderMaps, config.value).data;
  if (!maps?.customHeader || !maps.customHeaders) return;
  if (sorted(maps.customHeader) === sorted(maps.customHeaders)) return;
  const message = "differs from config.customHeaders; send one of the two";
  config.issues.push({ code: "custom", message, input: config.value, path: ["customHeader"] });
}, always);

const someHeaderMap = z.check<unknown>((config) => {
  const maps = z.safeParse(HeaderMaps, config.value).data;
  if (!maps || maps.customHeader !== undefined || maps.customHeaders !== undefined) return;
  const issue = { code: "custom", message: "is required", input: config.value } as const;
  config.issues.push({ ...issue, path: ["customHeaders"] });
}, always);

function sorted(headers: unknown): string {
  return JSON.stringify(Object.entries(Object(headers)).sort());
}

/** What a put may say of how deliveries are made; the URL is its `destination`. */
export const PutConfig = z.strictObject(fields).check(
  oneHeaderMap,
  z.meta({
    id: "PutWebhookConfig",
    description: "How deliveries are made. Fields that you leave out stay the same.",
  }),
);

/** What a creation may say of it; the URL may stand here or in its `destination`. */
export const CreateConfig = z.strictObject({ url: z.optional(Url), ...fields }).check(
  oneHeaderMap,
  z.meta({
    id: "CreateWebhookConfig",
    description:
      "Where and how deliveries are made. Fields that you leave out have their defaults.",
  }),
);

/** What an update of the details must say of it. */
export const DetailsConfig = z
  .strictObject({ url: Url, ...fields })
  .check(
    oneHeaderMap,
    someHeaderMap,
    z.meta({ id: "WebhookDetailsConfig", description: "Where and how deliveries are made." }),
  );
