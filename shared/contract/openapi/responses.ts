import { alwaysPossible, type RefusalStatus, refusals, usualRefusals } from "../refusals.ts";
import type { Route } from "../route.ts";
import { linksOf } from "./links.ts";
import type { Json, JsonSchema, SchemaWriter } from "./schema.ts";

const errorReference = { $ref: "#/components/schemas/Error" };
const gatewayReference = { $ref: "#/components/schemas/GatewayAnswer" };

const shapes = {
  service: errorReference,
  gateway: gatewayReference,
  either: { oneOf: [errorReference, gatewayReference] },
};

/** One for each status that refuses a request, and one for what only the gateway knows. */
export function refusalComponents(): Record<string, Json> {
  const named = Object.entries(refusals).map(([status, { name, description, from }]) => {
    const headers = {
      ...(from !== "gateway" && { "x-request-id": headerReference("RequestId") }),
      ...(["429", "503"].includes(status) && { "retry-after": headerReference("RetryAfter") }),
    };
    return [name, { description, headers, ...jsonContent(shapes[from]) }];
  });
  const description = "An answer of the gateway itself, such as 431 for headers over 10 KiB.";
  return {
    ...Object.fromEntries(named),
    Gateway: { description, ...jsonContent(gatewayReference) },
  };
}

/** The headers that responses carry. */
export const headerComponents = {
  RequestId: header("The id of the request in the service's log."),
  EntityTag: header(
    "The webhook's version, for `If-Match` and `If-None-Match`; absent if its health is included.",
  ),
  NoStore: header("`no-store`: no HTTP cache may keep an answer with a secret."),
  RetryAfter: header("Seconds to wait before trying again."),
};

export function responsesOf(route: Route, schemas: SchemaWriter): Json {
  const value = schemas.write(route.response, "output");
  const schema = schemas.name(successName(route.id), route.bare ? value : envelope(value));
  const links = linksOf(route.id);
  const good = route.statuses.map((status) => [
    status,
    status === 304
      ? { description: descriptions[304], headers: goodHeaders(route) }
      : {
          description: descriptions[status] ?? "Success",
          headers: goodHeaders(route),
          ...jsonContent(schema, exampleOf(route)),
          ...(links && { links }),
        },
  ]);
  const bad = refusalsOf(route).map((status) => [
    status,
    { $ref: `#/components/responses/${refusals[status].name}` },
  ]);
  return {
    ...Object.fromEntries([...good, ...bad]),
    default: { $ref: "#/components/responses/Gateway" },
  };
}

function exampleOf({ bare, example }: Route): unknown {
  if (!example) return undefined;
  return bare ? example.response : { status: "success", response: example.response };
}

/** `PutWebhookSuccess`: generated clients call the type so. */
function successName(operationId: string): string {
  return `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Success`;
}

const descriptions: Record<number, string> = {
  201: "Created",
  202: "Accepted: every delivery is accounted for",
  304: "The webhook still has a version that `If-None-Match` names",
};

function refusalsOf(route: Route): RefusalStatus[] {
  const usual = route.permission === null ? [] : usualRefusals;
  const ofBody: RefusalStatus[] = route.body === undefined ? [] : [415];
  return [...new Set([...usual, ...ofBody, ...route.refusals, ...alwaysPossible])].sort(
    (a, b) => a - b,
  );
}

function goodHeaders({ returnsSecret, returnsVersion }: Route): Json {
  return {
    "x-request-id": headerReference("RequestId"),
    ...(returnsSecret && { "cache-control": headerReference("NoStore") }),
    ...(returnsVersion && { etag: headerReference("EntityTag") }),
  };
}

function header(description: string): Json {
  return { description, schema: { type: "string" } };
}

function headerReference(name: keyof typeof headerComponents): Json {
  return { $ref: `#/components/headers/${name}` };
}

function envelope(response: JsonSchema): JsonSchema {
  return {
    type: "object",
    properties: { status: { const: "success" }, response },
    required: ["status", "response"],
    additionalProperties: false,
  };
}

export function jsonContent(schema: Json, example?: unknown): Json {
  return { content: { "application/json": { schema, ...(example !== undefined && { example }) } } };
}
