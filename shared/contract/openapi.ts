import * as z from "zod/mini";
import { ErrorEnvelope } from "./errors.ts";
import { type Route, routes } from "./routes.ts";

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document, derived from the table of operations. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const [operationId, route] of Object.entries(routes)) {
    const method = route.method.toLowerCase();
    paths[route.path] = { ...paths[route.path], [method]: operation(operationId, route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Hookcast",
      version: "1",
      description: "Publish to a topic; every webhook subscribed to it gets a signed POST.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ apiKey: [] }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { apiKey: { type: "http", scheme: "bearer" } },
      schemas: { Error: schema(ErrorEnvelope, "output") },
      responses: { Error: { description: "What was wrong", ...jsonContent(errorReference) } },
    },
  };
}

const tags = ["webhooks", "messages", "meta"] as const;
const errorReference = { $ref: "#/components/schemas/Error" };

function operation(operationId: string, route: Route): Json {
  return {
    operationId,
    tags: [tagOf(route)],
    summary: route.summary,
    description: route.description,
    ...(route.permission === null && { security: [] }),
    parameters: [
      ...parameters(route.params, "path"),
      ...parameters(route.query, "query"),
      ...parameters(route.headers, "header"),
    ],
    ...(route.body && { requestBody: requestBody(route) }),
    responses: responses(route),
  };
}

function tagOf(route: Route): (typeof tags)[number] {
  if (route.permission === null) return "meta";
  return /topics|messages/.test(route.path) ? "messages" : "webhooks";
}

function parameters(part: z.core.$ZodType | undefined, place: "path" | "query" | "header"): Json[] {
  if (!part) return [];
  const { properties, required } = schema(part, "input");
  return Object.entries(properties ?? {})
    .filter(([name]) => name !== "content-type") // OpenAPI tells it with the body
    .map(([name, shape]) => ({
      name,
      in: place,
      required: Array.isArray(required) && required.includes(name),
      schema: shape,
    }));
}

function requestBody(route: Route): Json {
  if (route.body === "bytes") {
    const types = ["application/json", "text/plain", "application/octet-stream"];
    return { required: true, content: Object.fromEntries(types.map((type) => [type, {}])) };
  }
  const body = route.bodyInDocs ?? route.body;
  if (!body) return {};
  return { required: !z.safeParse(body, undefined).success, ...jsonContent(schema(body, "input")) };
}

function responses(route: Route): Json {
  const value = schema(route.response, "output");
  const good = route.bare ? value : envelope(value);
  const answers = route.statuses.map((status) => [
    status,
    status === 304
      ? { description: "Not modified" }
      : { description: "Success", headers: requestIdHeader, ...jsonContent(good) },
  ]);
  const error = { $ref: "#/components/responses/Error" };
  return { ...Object.fromEntries(answers), "4XX": error, "5XX": error };
}

const requestIdHeader = { "x-request-id": { schema: { type: "string" } } };

function envelope(response: Json): Json {
  return {
    type: "object",
    properties: { status: { const: "success" }, response },
    required: ["status", "response"],
  };
}

function jsonContent(body: Json): Json {
  return { content: { "application/json": { schema: body } } };
}

function schema(type: z.core.$ZodType, io: "input" | "output"): Json & { properties?: Json } {
  const { $schema, ...rest } = z.toJSONSchema(type, { io, unrepresentable: "any" });
  return rest as Json & { properties?: Json }; // a schema of an object has properties
}
