import { createSecureContext } from "node:tls";
import * as z from "zod/mini";
import type { ErrorDetail } from "../contract/errors.ts";
import { ClientCertificate } from "../contract/values/client-certificate.ts";
import { checkDestination, isOwnAddress } from "../domain/destination.ts";
import { misplacedFormat } from "../domain/webhooks/alert-formats.ts";
import { certificateProblems } from "../domain/webhooks/client-certificate.ts";
import { mask } from "../domain/webhooks/masking.ts";
import { readEnv } from "./env.ts";
import type { RequestCheck } from "./request.ts";

/**
 * Checks the URL of a body by the deployment's rules: spelling and literal addresses, no DNS. Anything but
 * a text there is the schema's to complain of. `hosts` are those that the request itself came by.
 */
export function checkUrlAt(
  outer: string,
  inner: string,
  json: unknown,
  hosts: readonly string[],
): ErrorDetail[] {
  const parsed = z.safeParse(z.object({ [outer]: z.object({ [inner]: z.string() }) }), json);
  const url = parsed.data?.[outer]?.[inner];
  const message = url === undefined ? undefined : problemWith(url, hosts);
  return message ? [{ path: `${outer}.${inner}`, message }] : [];
}

const SentTokenUrl = z.object({
  config: z.object({ auth: z.object({ tokenUrl: z.string() }) }),
});

/** How deliveries identify themselves at their receiver: what of it a schema cannot know. */
export function checkCredentials(json: unknown, hosts: readonly string[]): ErrorDetail[] {
  return [...checkTokenUrl(json, hosts), ...checkCertificate(json)];
}

/** Where a token is asked for is called by us as the webhook's own URL is. */
function checkTokenUrl(json: unknown, hosts: readonly string[]): ErrorDetail[] {
  const url = z.safeParse(SentTokenUrl, json).data?.config.auth.tokenUrl;
  const message = url === undefined ? undefined : problemWith(url, hosts);
  return message ? [{ path: "config.auth.tokenUrl", message }] : [];
}

const SentCertificate = z.object({ config: z.object({ clientCertificate: ClientCertificate }) });

/** One of the wrong form is the schema's to complain of. */
function checkCertificate(json: unknown): ErrorDetail[] {
  const sent = z.safeParse(SentCertificate, json).data?.config.clientCertificate;
  if (!sent) return [];
  const problems = certificateProblems(sent, Date.now());
  return problems.length > 0 || sent.privateKeyPem === mask ? problems : unusableForTls(sent);
}

/** TLS has limits of its own, such as for short keys. Its errors name no part of what was sent. */
function unusableForTls({
  certificatePem,
  privateKeyPem,
  caPem,
}: ClientCertificate): ErrorDetail[] {
  try {
    createSecureContext({ cert: certificatePem, key: privateKeyPem, ca: caPem });
    return [];
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    const path = "config.clientCertificate.certificatePem";
    return [{ path, message: `cannot be used for TLS${code}` }];
  }
}

function problemWith(url: string, hosts: readonly string[]): string | undefined {
  const env = readEnv("ALLOW_PRIVATE_DESTINATIONS", "OWN_ADDRESSES");
  const problem = checkDestination(url, { allowPrivate: env.ALLOW_PRIVATE_DESTINATIONS });
  if (problem) return problem;
  // What is posted to the service may be delivered to the same webhook again, and so on.
  if (isOwnAddress(new URL(url), [...env.OWN_ADDRESSES, ...hosts]))
    return "is an address of this service";
  return undefined;
}

const SentId = z.object({ id: z.object({ cacheName: z.string(), webhookName: z.string() }) });

/** What putWebhook's schema cannot know: the URL rules of this deployment, and that `id` repeats the path. */
export const checkPut: RequestCheck = (json, { pathParameters, hosts }) => [
  ...checkUrlAt("destination", "postUrl", json, hosts),
  ...checkCredentials(json, hosts),
  ...idDiffers(json, pathParameters),
  ...misplaced(json),
];

const SentFormat = z.object({
  topicName: z.string(),
  config: z.object({ format: z.string() }),
});

/** Where both are sent, with what else is bad; what a webhook has already is looked at later. */
function misplaced(json: unknown): ErrorDetail[] {
  const { topicName, config } = z.safeParse(SentFormat, json).data ?? {};
  return misplacedFormat(config?.format, topicName, "config.format");
}

function idDiffers(json: unknown, pathParameters: Record<string, unknown>): ErrorDetail[] {
  const id = z.safeParse(SentId, json).data?.id;
  if (!id) return [];
  const names = ["cacheName", "webhookName"] as const;
  return names
    .filter((name) => id[name] !== pathParameters[name])
    .map((name) => ({ path: `id.${name}`, message: "differs from the path" }));
}
