import type { Client } from "../../../client/client.ts";
import { HookcastError } from "../../../client/errors.ts";
import { hookcast } from "../hookcast.ts";
import { type Loaded, useLoaded } from "../loaded.ts";
import type { DescribedEvent, EventType } from "./catalogue.ts";

const every: EventType["status"][] = ["active", "deprecated", "archived"];

/** Every event type of the deployment, by topic and event: only with all of them is it known that there is none. */
export function useEventTypes(): Loaded<readonly EventType[]> {
  return useLoaded<readonly EventType[]>("event types", (signal) =>
    Array.fromAsync(hookcast().listEventTypes({ status: every }, { signal })),
  );
}

/** An event type as it is, or as it was in a former version of its schema. */
export function useEventType(
  topicName: string,
  event: string,
  schemaVersion?: number,
): Loaded<DescribedEvent> {
  return useLoaded(JSON.stringify([topicName, event, schemaVersion]), (signal) =>
    hookcast().getEventType({ topicName, event, schemaVersion }, { signal }),
  );
}

/** Whether the key may change the catalogue; undefined until the service has said so. */
export function useMayChange(): boolean | undefined {
  return useLoaded("may change event types", mayChange).value;
}

let latest: { readonly by: Client; readonly answer: Promise<boolean> } | undefined;

/** Asked once for each sign-in. */
function mayChange(): Promise<boolean> {
  const by = hookcast();
  if (latest?.by !== by) latest = { by, answer: ask(by) };
  return latest.answer;
}

/** No operation tells what a key may do. Importing nothing, as a dry run, is refused to whom a change would be. */
async function ask(client: Client): Promise<boolean> {
  try {
    await client.importEventTypes({ dryRun: true, document: { openapi: "3.1.0", webhooks: {} } });
    return true;
  } catch (error) {
    if (error instanceof HookcastError && error.status === 403) return false;
    latest = undefined;
    return true; // unknown: a change says itself what is wrong
  }
}
