import type { ImportChange } from "../../../shared/contract/event-type.ts";
import {
  type ImportEventTypesResponse,
  importEventTypes as route,
} from "../../../shared/contract/operations/event-types/import-event-types.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { changedFields } from "../../../shared/domain/event-types/event-type-record.ts";
import { readOpenApi } from "../../../shared/domain/event-types/openapi-import.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type EventTypeStore,
  openEventTypeStore,
} from "../../../shared/store/event-types/event-type-store.ts";
import { type PutResult, planPut, putType } from "../../../shared/store/event-types/put-type.ts";

interface Deps {
  readonly eventTypes: Pick<EventTypeStore, "find" | "write">;
  readonly now: () => number;
}

/** So many types are read or written at a time. */
const atOnce = 20;
/** More would help nobody. */
const maxDetails = 100;

export async function importEventTypes(
  { query: { dryRun = false }, body }: Input<typeof route>,
  deps: Deps,
): Promise<ImportEventTypesResponse> {
  const { types, problems } = readOpenApi(body.document, body.topicName ?? "default");
  const details = [...problems];
  const planned = await inTurns(types, async ({ name, body, path }) => {
    try {
      return await planPut(name, body, deps);
    } catch (error) {
      if (!(error instanceof AppError) || !error.details) throw error;
      const told = error.details.map((one) => ({ ...one, path: `${path}.${one.path}` }));
      details.push(...told);
      return undefined;
    }
  });
  const [first] = details;
  if (first) {
    const message = `${first.path} ${first.message}`;
    throw new AppError("INVALID_ARGUMENT_ERROR", message, {
      details: details.slice(0, maxDetails),
    });
  }
  const results = dryRun
    ? planned.filter((result) => result !== undefined)
    : await inTurns(types, ({ name, body }) => putType(name, body, deps));
  return { dryRun, changes: results.map(changeOf) };
}

function changeOf({ previous, next, breaking }: PutResult): ImportChange {
  const { topicName, event } = next.facts;
  const change = previous ? (next === previous ? "unchanged" : "updated") : "created";
  return { topicName, event, change, fields: changedFields(previous, next), breaking };
}

async function inTurns<In, Out>(
  all: readonly In[],
  work: (one: In) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  for (let start = 0; start < all.length; start += atOnce) {
    results.push(...(await Promise.all(all.slice(start, start + atOnce).map(work))));
  }
  return results;
}

export const handler = endpoint(route, importEventTypes, () => ({
  eventTypes: openEventTypeStore(),
  now: Date.now,
}));
