import { X509Certificate } from "node:crypto";
import type { WebhookHealth } from "../../shared/contract/health.ts";
import { printable } from "../../shared/contract/values/printable.ts";
import { isoTime } from "../../shared/contract/values/time.ts";
import type { Webhook } from "../../shared/contract/webhook.ts";
import type { Facts } from "../output/facts.ts";
import { toneOf } from "../output/paint.ts";
import type { Column } from "../output/table.ts";

const nameWidth = { cut: "middle", minWidth: 16 } as const;

export const nameColumn: Column<Webhook> = {
  title: "NAME",
  cell: ({ id }) => id.webhookName,
  ...nameWidth,
};

/** As commands take it, where webhooks of several caches are listed. */
export const fullNameColumn: Column<Webhook> = {
  title: "WEBHOOK",
  cell: ({ id }) => `${id.cacheName}/${id.webhookName}`,
  ...nameWidth,
};

export const webhookColumns: readonly Column<Webhook>[] = [
  { title: "TOPIC", cell: ({ topicName }) => topicName, spare: 2 },
  {
    title: "STATUS",
    cell: statusOf,
    tone: ({ webhookStatus }) => toneOf(webhookStatus),
    ...{ minWidth: 18, spare: 3 },
  },
  { title: "URL", cell: ({ destination }) => destination.postUrl, minWidth: 20, spare: 1 },
  { title: "ID", cell: ({ webhookId }) => webhookId, isWhole: true },
];

export const stateColumn: Column<Webhook> = {
  title: "STATE",
  cell: ({ health }) =>
    health?.waiting ? `${health.state}, ${health.waiting} wait` : health?.state,
  isWhole: true,
  tone: ({ health }) => toneOf(health?.state),
};

export function healthFacts(health: WebhookHealth): Facts {
  return [
    ["state", health.state, toneOf(health.state)],
    ["since", health.since],
    ["waiting", health.waiting],
    ["last attempt", health.lastAttemptTime ?? "unknown"],
    ["last success", health.lastSuccessTime ?? "unknown"],
    ["last status", health.lastStatusCode ?? "none"],
    ["last error", health.lastError ?? "none"],
    ["next probe", health.nextProbeTime ?? "none"],
    ["next free", health.nextFreeTime ?? (health.state === "limited" ? "unknown" : "none")],
    ...(health.certificateExpiryTime
      ? [["certificate", `expires ${health.certificateExpiryTime}`] as const]
      : []),
  ];
}

export function webhookFacts(webhook: Webhook): Facts {
  const { id, config, events } = webhook;
  return [
    ["name", `${id.cacheName}/${id.webhookName}`],
    ["id", webhook.webhookId],
    ["status", statusOf(webhook), toneOf(webhook.webhookStatus)],
    ["topic", webhook.topicName],
    ["url", config.url],
    ["events", events.length > 0 ? events.join(", ") : "all"],
    ["product", webhook.productId ?? "any"],
    ...(config.filter ? [["filter", JSON.stringify(config.filter)] as const] : []),
    ["format", config.format],
    ["timeout", `${config.timeoutSeconds} s`],
    ["limit", config.maxPerSecond === undefined ? "none" : `${config.maxPerSecond} a second`],
    ["headers", Object.keys(config.customHeaders).join(", ") || "none"],
    ["signatures", signaturesText(webhook)],
    ...authFacts(webhook),
    ...certificateFacts(webhook),
    ...metaFacts(webhook),
    ["created", webhook.createdTime],
    ["modified", webhook.lastModifiedTime],
  ];
}

/** The headers that sign its deliveries, in words. */
function signaturesText({ config }: Webhook): string {
  const own = config.signatures?.map((signature) => {
    const name = "scheme" in signature ? signature.scheme : signature.header;
    return signature.until === undefined ? name : `${name} until ${signature.until}`;
  });
  const all = [
    ...(config.standardSignature === false ? [] : [standardText(config)]),
    ...(own ?? ["those of the deployment"]),
  ];
  return all.join(", ") || "none";
}

function standardText({ asymmetric }: Webhook["config"]): string {
  return asymmetric ? "webhook-signature (secret and public key)" : "webhook-signature";
}

function authFacts({ config: { auth } }: Webhook): Facts {
  switch (auth?.type) {
    case undefined:
      return [];
    case "basic":
      return [["auth", `basic, as ${auth.username}`]];
    case "bearer":
      return [["auth", "bearer"]];
    case "oauth2":
      return [["auth", `oauth2, as ${auth.clientId}, token from ${auth.tokenUrl}`]];
  }
}

/** What the first certificate of the chain says of itself. */
function certificateFacts({ config: { clientCertificate } }: Webhook): Facts {
  if (!clientCertificate) return [];
  const { subject, validToDate } = new X509Certificate(clientCertificate.certificatePem);
  const name = printable(subject.replaceAll("\n", ", "));
  return [["client certificate", `${name}, until ${isoTime(validToDate.getTime())}`]];
}

function metaFacts({ config }: Webhook): Facts {
  const told = Object.entries(config.metaHeaders ?? {}).map(([name, text]) => `${name}: ${text}`);
  return told.length > 0 ? [["meta headers", told.join(", ")]] : [];
}

/** The webhook with its custom headers' values hidden, as keys that may not manage see it: they may be tokens. */
export function withoutHeaderValues(webhook: Webhook): Webhook {
  const names = Object.keys(webhook.config.customHeaders);
  const hidden = Object.fromEntries(names.map((name) => [name, "•••"]));
  return { ...webhook, config: { ...webhook.config, customHeader: hidden, customHeaders: hidden } };
}

export function statusOf({
  webhookStatus,
  statusReason,
  cacheStatus,
}: Pick<Webhook, "webhookStatus" | "statusReason" | "cacheStatus">): string {
  const why = [statusReason, cacheStatus && "cache suspended"].filter(Boolean);
  return why.length > 0 ? `${webhookStatus} (${why.join(", ")})` : webhookStatus;
}
