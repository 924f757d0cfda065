import type { ClientCertificate } from "../../../shared/contract/values/client-certificate.ts";
import type { DestinationAuth } from "../../../shared/contract/values/destination-auth.ts";
import type { EventCode } from "../../../shared/contract/values/event.ts";
import type { Filter } from "../../../shared/contract/values/filter.ts";
import type { WebhookSignature } from "../../../shared/contract/values/signatures.ts";
import type { Format } from "../../../shared/contract/values/webhook-values.ts";
import { authOf, certificateOf } from "./auth-form.ts";

/** What each format is, in the order in which they are offered. */
export const formatTexts: Readonly<Record<Format, string>> = {
  standard: "Standard Webhooks",
  raw: "The value alone",
  cloudevents: "CloudEvents",
  momento: "Momento",
  thredd: "Thredd",
  slack: "Slack alert",
  teams: "Teams alert",
};

const alertFormats: readonly Format[] = ["slack", "teams"];

/** Alerts tell what the service publishes, to topics that begin with `$`. */
export function formatsFor(topicName: string): Format[] {
  const formats = Object.keys(formatTexts) as Format[]; // keys of a Record of all formats
  return formats.filter((format) => topicName.startsWith("$") || !alertFormats.includes(format));
}

/** What putWebhook takes beside the names. */
export interface WebhookFields {
  topicName: string;
  destination: { postUrl: string };
  events: EventCode[];
  productId: number | null;
  config: {
    format: Format;
    timeoutSeconds: number;
    /** Null where nothing is to bound them. */
    maxPerSecond: number | null;
    customHeaders: Record<string, string>;
    /** Null where the deployment decides. */
    signatures: WebhookSignature[] | null;
    standardSignature: boolean;
    asymmetric: boolean;
    metaHeaders: Record<string, string>;
    /** Null for all messages. */
    filter: Filter | null;
    /** Null where the receiver asks for nothing. */
    auth: DestinationAuth | null;
    clientCertificate: ClientCertificate | null;
  };
  /** Absent where it stays, or is made. */
  secretString?: string;
}

/** Reads the form; what is wrong in it the service tells, field by field. */
export function webhookFields(field: (name: string) => string): WebhookFields {
  const formats = formatsFor(field("topicName"));
  const secretString = field("secretString").trim();
  return {
    topicName: field("topicName"),
    destination: { postUrl: field("postUrl").trim() },
    events: field("events")
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(eventOf),
    productId: productOf(field("productId").trim()),
    config: {
      format: formats.find((name) => name === field("format")) ?? "standard",
      timeoutSeconds: Number(field("timeoutSeconds")),
      maxPerSecond: rateOf(field("maxPerSecond").trim()),
      customHeaders: headersOf(field("headers")),
      signatures: signaturesOf(field("signatures").trim()),
      standardSignature: field("standardSignature") !== "no",
      asymmetric: field("standardSignature") === "asymmetric",
      metaHeaders: headersOf(field("metaHeaders")),
      filter: filterOf(field("filter").trim()),
      auth: authOf(field),
      clientCertificate: certificateOf(field),
    },
    ...(secretString !== "" && { secretString }),
  };
}

/** One `name: value` a line. */
export function headersText(headers: Readonly<Record<string, string>> = {}): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}

/** A scheme's name or a recipe as JSON, one a line; `none` for none, nothing where the deployment decides. */
export function signaturesText(signatures: readonly WebhookSignature[] | undefined): string {
  if (signatures?.length === 0) return "none";
  const lines = signatures?.map((signature) =>
    "scheme" in signature && signature.until === undefined
      ? signature.scheme
      : JSON.stringify(signature),
  );
  return lines?.join("\n") ?? "";
}

function signaturesOf(text: string): WebhookSignature[] | null {
  if (text === "") return null;
  if (text === "none") return [];
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map(signatureOf);
}

/** Whether a scheme or a recipe is one that there is, the service tells. */
function signatureOf(line: string): WebhookSignature {
  if (!line.startsWith("{")) return { scheme: line } as WebhookSignature; // the service checks it
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`The signature “${line}” is not JSON.`);
  }
}

/** What a webhook's filter looks like in the form. */
export function filterText(filter: object | undefined): string {
  return filter ? JSON.stringify(filter, null, 2) : "";
}

/** Whether it is an event pattern, the service tells. */
export function filterOf(text: string): Filter | null {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("The filter is not JSON.");
  }
}

/** Digits are a code, anything else is a name. */
export function eventOf(text: string): EventCode {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** What is no number would be sent as null, which means every product. */
function productOf(text: string): number | null {
  if (text === "") return null;
  if (!/^-?\d+$/.test(text)) throw new Error(`The product “${text}” is not a whole number.`);
  return Number(text);
}

/** What is no number would be sent as null, which means no limit. */
function rateOf(text: string): number | null {
  if (text === "") return null;
  if (!Number.isFinite(Number(text))) throw new Error(`The limit “${text}” is not a number.`);
  return Number(text);
}

function headersOf(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return Object.fromEntries(lines.map(headerOf));
}

function headerOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  if (colon < 1) throw new Error(`The header “${line}” has no colon between name and value.`);
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}
