import type { ErrorDetail } from "../../contract/errors.ts";
import { secretRule } from "../../contract/values/secret.ts";
import { headersOfSignature, recipeOf } from "../../contract/values/signature-recipe.ts";
import { secretKeyBytes } from "./sealed.ts";
import type { WebhookRecord } from "./webhook-record.ts";

type SigningSettings = Pick<
  WebhookRecord,
  "signatures" | "standardSignature" | "asymmetric" | "metaHeaders"
>;

/** What a request may say of it: null takes the webhook's own signatures away. */
export interface SentSigning {
  readonly signatures?: WebhookRecord["signatures"] | null;
  readonly standardSignature?: boolean;
  readonly asymmetric?: boolean;
  readonly metaHeaders?: Record<string, string>;
  readonly customHeader?: unknown;
  readonly customHeaders?: unknown;
  readonly auth?: unknown;
}

/** How deliveries are signed from now on; what is not said stays. */
export function signingFrom(
  sent: SentSigning | undefined,
  previous: SigningSettings | undefined,
): SigningSettings {
  const { signatures, standardSignature, asymmetric, metaHeaders } = sent ?? {};
  const standard = standardSignature ?? previous?.standardSignature;
  const meta = metaHeaders ?? previous?.metaHeaders ?? {};
  return {
    signatures: signatures === undefined ? previous?.signatures : (signatures ?? undefined),
    standardSignature: standard === false ? false : undefined,
    asymmetric: (asymmetric ?? previous?.asymmetric) ? true : undefined,
    metaHeaders: Object.keys(meta).length > 0 ? meta : undefined,
  };
}

/** Whether the request says anything that not every secret allows. */
export function concernsSecret(sent: SentSigning | undefined): boolean {
  return sent?.signatures !== undefined || sent?.standardSignature !== undefined;
}

/** The webhook as it would be, and the secret that it would have, where either was sent. */
export interface SignedWebhook extends SigningSettings {
  readonly headerNames?: readonly string[] | undefined;
  readonly auth?: WebhookRecord["auth"];
  readonly secret: string | undefined;
}

/**
 * What does not go together: a secret that cannot be decoded where a signature takes its bytes, and one header that is
 * set in two ways. Each is told of what was sent.
 */
export function signingProblems(
  webhook: SignedWebhook,
  sent: { readonly config?: SentSigning | undefined; readonly secretString?: string | undefined },
): ErrorDetail[] {
  return [
    ...secretProblems(webhook, sent.secretString !== undefined),
    ...asymmetricProblems(webhook, sent.config ?? {}),
    ...headerProblems(webhook, sent.config ?? {}),
  ];
}

function secretProblems(
  { secret, standardSignature, signatures = [] }: SignedWebhook,
  isSecretSent: boolean,
): ErrorDetail[] {
  if (secret === undefined || secretKeyBytes(secret)) return [];
  const decoding = signatures.flatMap((signature, index) =>
    recipeOf(signature).key === "decoded" ? [`config.signatures.${index}`] : [],
  );
  const paths = [...(standardSignature === false ? [] : ["config.standardSignature"]), ...decoding];
  if (paths.length === 0) return [];
  if (isSecretSent) return [{ path: "secretString", message: secretRule }];
  const message = "takes a secret that is whsec_ and base64, and the webhook's is another text";
  return paths.map((path) => ({ path, message }));
}

/** The `v1a` signature is a part of the header that `standardSignature` leaves out. */
function asymmetricProblems(
  { asymmetric, standardSignature }: SignedWebhook,
  sent: SentSigning,
): ErrorDetail[] {
  if (!asymmetric || standardSignature !== false) return [];
  const field = sent.asymmetric ? "asymmetric" : "standardSignature";
  const message =
    field === "asymmetric"
      ? "needs `webhook-signature`, which config.standardSignature leaves out"
      : "must be true where config.asymmetric is";
  return [{ path: `config.${field}`, message }];
}

function headerProblems(
  { signatures = [], metaHeaders = {}, headerNames = [], auth }: SignedWebhook,
  sent: SentSigning,
): ErrorDetail[] {
  const uses = [
    ...headerNames.map((name) => ({ name, field: "customHeaders", path: `customHeaders.${name}` })),
    ...Object.keys(metaHeaders).map((name) => ({
      ...{ name, field: "metaHeaders", path: `metaHeaders.${name}` },
    })),
    ...signatures.flatMap((signature, index) =>
      headersOfSignature(signature).map((name) => ({
        ...{ name, field: "signatures", path: `signatures.${index}` },
      })),
    ),
    ...(auth ? [{ name: "authorization", field: "auth", path: "auth" }] : []),
  ];
  const isSent = ({ field }: { field: string }) =>
    field === "customHeaders"
      ? sent.customHeaders !== undefined || sent.customHeader !== undefined
      : sent[field as "metaHeaders" | "signatures" | "auth"] !== undefined; // the others
  return uses.flatMap((use, index) => {
    const other = uses.find(
      ({ name, field }) => field !== use.field && name.toLowerCase() === use.name.toLowerCase(),
    );
    // The later field of two tells it, unless the earlier alone was sent.
    const isTold = other && isSent(use) && (!isSent(other) || uses.indexOf(other) < index);
    const message = `sets the header ${use.name}, which config.${other?.field} sets`;
    return isTold ? [{ path: `config.${use.path}`, message }] : [];
  });
}
