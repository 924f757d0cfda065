import { errorStatus } from "../../shared/contract/errors.ts";
import { type ApiDescription, referredName } from "./description.ts";
import { fieldTable, type Schemas } from "./fields.ts";
import { operationSection } from "./operation.ts";
import { table } from "./table.ts";
import { typeInWords } from "./type.ts";

/** docs/api.md */
export function apiReference(api: ApiDescription): string {
  const operations = operationsOf(api);
  return `# API

<!-- Written by npm run docs:api out of the table of operations. A test compares. -->

${api.info.description.replaceAll("\n", " ").replaceAll("  ", "\n\n")}

This page is made of the OpenAPI document, which a running service answers at \`GET /api/v1/openapi.json\` without a key.
The [tour](../README.md#tour) shows how to call it with curl, [client.md](client.md) how from TypeScript.

${table(
  ["operation", "what it does", "route"],
  operations.map(({ method, path, operation: { operationId, summary } }) => [
    `[${operationId}](#${operationId.toLowerCase()})`,
    summary,
    `\`${method.toUpperCase()} ${path}\``,
  ]),
)}

## Conventions

- Requests carry \`authorization: Bearer <key>\`. A key covers some caches or all, and has some of the permissions \`read\`,
  \`manage\`, \`publish\`, \`resend\` and \`secret\`. Each is independent of the others, but that \`manage\` includes \`resend\` and
  \`secret\`. A missing key is a 401 and an unknown, expired or revoked one a 403, both in the
  gateway's own words: \`{"message": "Forbidden"}\`. A cache that the key does not cover is a 403; an id that belongs to such a cache is a 404, as if it did not exist.
- A portal session has a token, \`hkp_…\`, in the place of a key: see [portal.md](portal.md). It sees its cache and its topics
  alone: anything else is a 404, as if it did not exist.
- Bodies are JSON, except what is published. A field that is not listed here is refused by name.
- Answers are \`{"status": "success", "response": {…}}\`; the tables list the fields of \`response\`.
- A *time* is a string such as \`2024-01-24T18:20:28Z\`: UTC, in whole seconds. A request may give an offset
  and fractions.
- Lists are read in pages: send \`nextCursor\` as \`cursor\` until it is null. A page that is filtered may be short, or empty,
  while there are more.
- Every answer of the service has an \`x-request-id\`, which the log knows it by.
- Changes of a webhook can be guarded: send the \`etag\` that it was read with as \`if-match\`.

${api.tags.map(({ name, description }) => tagSection(name, description, api)).join("\n\n")}

## Objects

${objectSections(api.components.schemas)}

## Refusals

The service answers \`{"status": "error", "error": {"code", "message", "details"}}\`. The gateway in front of it refuses some
requests by itself, with a \`message\` and nothing else; then no function has seen them. Codes stay as they are; messages may
change.

${table(["status", "code", "when"], refusalRows(api))}

412 and 415 carry the codes of 409 and 400: \`FAILED_PRECONDITION_ERROR\` and \`INVALID_ARGUMENT_ERROR\`.
`;
}

function operationsOf({ paths }: ApiDescription) {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, path, operation })),
  );
}

function tagSection(tag: string, description: string, api: ApiDescription): string {
  const sections = operationsOf(api)
    .filter(({ operation }) => operation.tags.includes(tag))
    .map(({ method, path, operation }) =>
      operationSection(method, path, operation, api.components),
    );
  const title = `## ${tag.charAt(0).toUpperCase()}${tag.slice(1)}`;
  return [title, description, ...sections].join("\n\n");
}

function objectSections(schemas: Schemas): string {
  // What answers hold is told beside their operations.
  const own = Object.entries(schemas).filter(([name]) => !name.endsWith("Success"));
  const sections = own.map(([name, schema]) => {
    const shape = fieldTable(schema, schemas) ?? `It is: ${typeInWords(schema)}.`;
    return [`### ${name}`, schema.description ?? "", shape].join("\n\n");
  });
  return sections.join("\n\n");
}

function refusalRows(api: ApiDescription): string[][] {
  const names = new Map<string, string>();
  for (const { operation } of operationsOf(api)) {
    for (const [status, answer] of Object.entries(operation.responses)) {
      if ("$ref" in answer && status !== "default") names.set(status, referredName(answer.$ref));
    }
  }
  return [...names].sort().map(([status, name]) => {
    const description = api.components.responses[name]?.description ?? "";
    return [status, codesOf(status), description];
  });
}

function codesOf(status: string): string {
  const codes = Object.entries(errorStatus).filter(([, usual]) => String(usual) === status);
  return codes.map(([code]) => `\`${code}\``).join(", ");
}
