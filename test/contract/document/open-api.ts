import * as z from "zod/mini";

/** As much of an OpenAPI document as the tests look at. */
const Schema = z.looseObject({});
const Content = z.optional(
  z.record(z.string(), z.object({ schema: Schema, example: z.optional(z.unknown()) })),
);
const Reference = z.object({ $ref: z.string() });

/** A response of an operation, or one that several share. */
const Response = z.object({
  headers: z._default(z.record(z.string(), Reference), {}),
  content: Content,
});

export type Response = z.infer<typeof Response>;

const Parameter = z.object({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean(),
  description: z.string(),
  schema: Schema,
});

const Operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  description: z.string(),
  security: z.optional(z.array(z.unknown())),
  parameters: z.array(Parameter),
  requestBody: z.optional(z.object({ required: z.boolean(), content: Content })),
  responses: z.record(z.string(), z.union([Reference, Response])),
});
export type Operation = z.infer<typeof Operation>;

export const OpenApi = z.object({
  openapi: z.string(),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({
    schemas: z.record(z.string(), Schema),
    responses: z.record(z.string(), Response),
  }),
});
export type OpenApi = z.infer<typeof OpenApi>;

export interface Found {
  readonly operation: Operation;
  /** Where it stands in the document, as a JSON pointer. */
  readonly pointer: string;
  readonly params: Readonly<Record<string, string>>;
}

/** The operation that a request is for; undefined where it is for none. */
export function findOperation(api: OpenApi, method: string, path: string): Found | undefined {
  const segments = path.split("/");
  const candidates = Object.entries(api.paths).flatMap(([template, operations]) => {
    const params = matched(template.split("/"), segments);
    const operation = operations[method.toLowerCase()];
    if (!params || !operation) return [];
    const pointer = `/paths/${escaped(template)}/${method.toLowerCase()}`;
    return [{ operation, pointer, params }];
  });
  // The one with the fewest parameters is the most literal.
  const count = ({ params }: Found) => Object.keys(params).length;
  return candidates.sort((a, b) => count(a) - count(b))[0];
}

function matched(template: string[], segments: string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const actual = segments[index] ?? "";
    const name = /^\{(.*)\}$/.exec(expected)?.[1];
    if (name === undefined ? actual !== expected : actual === "") return undefined;
    if (name !== undefined) params[name] = actual;
  }
  return params;
}

/** A part of a JSON pointer that can stand in a URI fragment. */
export function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
