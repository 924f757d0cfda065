import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { accountId, busArn, defaultBus, localRegion } from "../aws/arn.ts";
import { AwsError } from "../aws/aws-error.ts";
import type { Permission } from "../aws/permission.ts";
import { parseEventJson } from "./event-json.ts";
import type { Event } from "./target-input.ts";

const maxEntries = 10;
const maxBytes = 262_144;

const Entry = z.object({
  Source: z._default(z.string(), ""),
  DetailType: z._default(z.string(), ""),
  Detail: z._default(z.string(), ""),
  EventBusName: z._default(z.string(), defaultBus),
  Resources: z._default(z.array(z.string()), []),
  /** Epoch seconds. */
  Time: z.optional(z.number()),
});
type Entry = z.infer<typeof Entry>;

const Input = z.object({
  Entries: z.array(Entry).check(z.minLength(1), z.maxLength(maxEntries)),
});

/** Puts an event onto a bus; returns once its queues have it. */
export type Publish = (busName: string, event: Event) => Promise<void>;

export function readEntries(input: unknown): Entry[] {
  const parsed = Input.safeParse(input);
  if (!parsed.success) throw new AwsError("ValidationException", z.prettifyError(parsed.error));
  const bytes = parsed.data.Entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes <= maxBytes) return parsed.data.Entries;
  throw new AwsError(
    "ValidationException",
    `Total size of the entries in the request is over the limit: ${bytes} of ${maxBytes} bytes`,
  );
}

export function permissionsOf(entries: readonly Entry[]): Permission[] {
  const buses = new Set(entries.map(({ EventBusName }) => nameOf(EventBusName)));
  return [...buses].map((bus) => ({ action: "events:PutEvents", resource: busArn(bus) }));
}

/** Each entry stands for itself: the answer tells of each whether it was put. */
export async function putEvents(
  entries: readonly Entry[],
  buses: ReadonlySet<string>,
  publish: Publish,
): Promise<object> {
  const results = [];
  for (const entry of entries) results.push(await put(entry, buses, publish));
  const FailedEntryCount = results.filter((result) => "ErrorCode" in result).length;
  return { FailedEntryCount, Entries: results };
}

async function put(entry: Entry, buses: ReadonlySet<string>, publish: Publish) {
  const busName = nameOf(entry.EventBusName);
  const missing = (["Source", "DetailType", "Detail"] as const).find((name) => entry[name] === "");
  if (missing !== undefined) {
    const reason = `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`;
    return failed("InvalidArgument", reason);
  }
  if (entry.Source.startsWith("aws.")) {
    return failed("NotAuthorizedForSourceException", "Not authorized for the source.");
  }
  const detail = objectIn(entry.Detail);
  if (!detail) return failed("MalformedDetail", "Detail is malformed.");
  if (!buses.has(busName)) {
    return failed("ResourceNotFoundException", `Event bus ${busName} does not exist.`);
  }
  const id = randomUUID();
  const timeMs = entry.Time === undefined ? Date.now() : entry.Time * 1000;
  await publish(busName, {
    version: "0",
    id,
    "detail-type": entry.DetailType,
    source: entry.Source,
    account: accountId,
    time: new Date(timeMs).toISOString().replace(/\.\d+Z$/, "Z"),
    region: localRegion,
    resources: entry.Resources,
    detail,
  });
  return { EventId: id };
}

function failed(ErrorCode: string, ErrorMessage: string) {
  return { ErrorCode, ErrorMessage };
}

function objectIn(text: string): object | undefined {
  try {
    const value = parseEventJson(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function sizeOf({ Source, DetailType, Detail, Resources, Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return bytes + (Time === undefined ? 0 : 14);
}

function nameOf(bus: string): string {
  return bus.slice(bus.indexOf("/") + 1);
}
