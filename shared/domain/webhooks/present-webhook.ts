import type { ErrorDetail } from "../../contract/errors.ts";
import type { CustomHeaders } from "../../contract/values/custom-headers.ts";
import { jsonIn } from "../../contract/values/json-text.ts";
import { isoTime } from "../../contract/values/time.ts";
import type { Webhook } from "../../contract/webhook.ts";
import { AppError } from "../app-error.ts";
import { mask, maskUrl } from "./masking.ts";
import type { StoredAuth, StoredCertificate, WebhookRecord } from "./webhook-record.ts";

/**
 * The one place where a record becomes the webhook that the API shows. The two documents behind the API
 * name the same things differently: `destination.postUrl` and `config.url` are one URL, `customHeader`
 * (which the Thredd page answers) and `customHeaders` (which it asks for) are one map; both are shown.
 */
export function presentWebhook(
  record: WebhookRecord,
  headers: CustomHeaders,
  isSuspended: boolean,
): Webhook {
  return {
    webhookId: record.webhookId,
    id: { cacheName: record.cacheName, webhookName: record.webhookName },
    topicName: record.topicName,
    destination: { postUrl: record.url },
    productId: record.productId,
    events: record.events,
    webhookStatus: record.status,
    ...(record.statusReason && { statusReason: record.statusReason }),
    ...(isSuspended && { cacheStatus: "suspended" as const }),
    config: {
      url: record.url,
      customHeader: headers,
      customHeaders: headers,
      format: record.format,
      timeoutSeconds: record.timeoutSeconds,
      ...(record.maxPerSecond !== undefined && { maxPerSecond: record.maxPerSecond }),
      ...(record.signatures && { signatures: record.signatures }),
      ...(record.standardSignature === false && { standardSignature: false }),
      ...(record.asymmetric && { asymmetric: true }),
      ...(record.auth && { auth: presentAuth(record.auth) }),
      ...(record.clientCertificate && {
        clientCertificate: presentCertificate(record.clientCertificate),
      }),
      ...(record.metaHeaders && { metaHeaders: record.metaHeaders }),
      ...shownFilter(record.filter),
    },
    createdTime: isoTime(record.createdTimeMs),
    lastModifiedTime: isoTime(record.lastModifiedTimeMs),
  };
}

/** What cannot be read as JSON was not put by anyone, and is not shown. */
function shownFilter(stored: string | undefined): Pick<Webhook["config"], "filter"> {
  const filter = stored === undefined ? undefined : jsonIn(stored);
  return isJsonObject(filter) ? { filter } : {};
}

function isJsonObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function presentAuth({ id: _own, ...auth }: StoredAuth): NonNullable<Webhook["config"]["auth"]> {
  switch (auth.type) {
    case "basic":
      return { ...auth, password: mask };
    case "bearer":
      return { ...auth, token: mask };
    case "oauth2":
      return { ...auth, clientSecret: mask };
  }
}

function presentCertificate({
  certificatePem,
  caPem,
}: StoredCertificate): NonNullable<Webhook["config"]["clientCertificate"]> {
  return { certificatePem, privateKeyPem: mask, ...(caPem !== undefined && { caPem }) };
}

/** The webhook as a key sees it that has neither `manage` nor `secret`: URLs and header values hold receivers' tokens. */
export function maskWebhook({ destination, config, ...others }: Webhook): Webhook {
  const headers = maskHeaders(config.customHeaders);
  return {
    ...others,
    destination: { postUrl: maskUrl(destination.postUrl) },
    config: {
      ...config,
      url: maskUrl(config.url),
      customHeader: headers,
      customHeaders: headers,
      ...(config.auth?.type === "oauth2" && {
        auth: { ...config.auth, tokenUrl: maskUrl(config.auth.tokenUrl) },
      }),
    },
  };
}

function maskHeaders(headers: CustomHeaders): CustomHeaders {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, mask]));
}

/**
 * Names this version of this webhook; one that was deleted and put again never matches its predecessor. What is
 * seen while the cache is suspended has a tag of its own, since it must not be taken for what is seen after.
 */
export function entityTag(record: WebhookRecord, isSuspended = false): string {
  return `"${record.webhookId}.${record.version}${isSuspended ? ".suspended" : ""}"`;
}

/** `If-Match` (RFC 9110, section 13.1.1): the change applies only to a version that is named. */
export function assertMatch(ifMatch: string | undefined, current: WebhookRecord | undefined): void {
  if (ifMatch === undefined) return;
  if (current && (ifMatch === "*" || tagsIn(ifMatch).some(isVersionOf(current)))) return;
  const message = "the webhook is not in the version that If-Match names; read it again";
  throw new AppError("FAILED_PRECONDITION_ERROR", message, { status: 412 });
}

/** A cache that was suspended or resumed meanwhile is no other version of its webhooks. */
function isVersionOf(current: WebhookRecord) {
  return (tag: string) => tag === entityTag(current) || tag === entityTag(current, true);
}

/** `If-None-Match` on a GET (RFC 9110, section 13.1.2): weak and strong tags compare alike. */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = tagsIn(ifNoneMatch).map((tag) => tag.replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag);
}

function tagsIn(header: string): string[] {
  return header.split(",").map((tag) => tag.trim());
}

/** Of whichever webhook, also of one that the caller does not see. */
export function nameInUse(webhookName: string, details?: readonly ErrorDetail[]): AppError {
  const message = `the webhook ${webhookName} exists already`;
  return new AppError("ALREADY_EXISTS_ERROR", message, details && { details });
}

/** The same for a webhook that does not exist and for one that the key may not see. */
export function noSuchWebhook(nameOrId: string): AppError {
  return new AppError("NOT_FOUND_ERROR", `there is no webhook ${nameOrId}`);
}
