import { ErrorEnvelope, GatewayAnswer } from "../errors.ts";
import type { Route } from "../route.ts";
import { routes } from "../routes.ts";
import { operationOf, tags } from "./operation.ts";
import { headerComponents, refusalComponents } from "./responses.ts";
import { type Json, openSchemaWriter } from "./schema.ts";

const description =
  "Publish to a topic, and every webhook subscribed to it gets a signed POST, retried for " +
  "three days. A *cache* is a tenant: a namespace that exists by being used. Send names " +
  "percent-encoded. The gateway decodes them once before it looks for the operation, so `%2F` " +
  "separates like a slash. Names must match exactly. Times are UTC, in whole seconds. Errors " +
  "have one envelope, except those of the gateway, which have its own shape.";

/** The OpenAPI 3.1 document, derived from the table of operations. */
export function openApiDocument(): Json {
  const schemas = openSchemaWriter();
  const paths: Record<string, Json> = {};
  for (const route of Object.values<Route>(routes)) {
    const operation = operationOf(route, schemas);
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
  }
  schemas.write(ErrorEnvelope, "output");
  schemas.write(GatewayAnswer, "output");
  return {
    openapi: "3.1.0",
    info: {
      title: "Hookcast",
      version: "1",
      description,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ apiKey: [] }],
    tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key, `hk_…`." },
      },
      headers: headerComponents,
      responses: refusalComponents(),
      schemas: schemas.components(),
    },
  };
}
