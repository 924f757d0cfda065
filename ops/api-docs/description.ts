import * as z from "zod/mini";
import { openApiDocument } from "../../shared/contract/openapi/document.ts";

/** As much of JSON Schema as the description of the API uses. */
export interface Schema {
  readonly $ref?: string | undefined;
  readonly type?: string | string[] | undefined;
  readonly const?: unknown;
  readonly enum?: unknown[] | undefined;
  readonly format?: string | undefined;
  readonly description?: string | undefined;
  readonly anyOf?: Schema[] | undefined;
  readonly oneOf?: Schema[] | undefined;
  readonly allOf?: Schema[] | undefined;
  readonly properties?: Record<string, Schema> | undefined;
  readonly additionalProperties?: unknown;
  readonly required?: string[] | undefined;
  readonly items?: Schema | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
}

const text = z.string();
const optionalText = z.optional(text);
const optionalNumber = z.optional(z.number());

const Schema: z.ZodMiniType<Schema> = z.object({
  $ref: optionalText,
  type: z.optional(z.union([text, z.array(text)])),
  const: z.optional(z.unknown()),
  enum: z.optional(z.array(z.unknown())),
  format: optionalText,
  description: optionalText,
  anyOf: z.optional(z.array(z.lazy(() => Schema))),
  oneOf: z.optional(z.array(z.lazy(() => Schema))),
  allOf: z.optional(z.array(z.lazy(() => Schema))),
  properties: z.optional(
    z.record(
      text,
      z.lazy(() => Schema),
    ),
  ),
  additionalProperties: z.optional(z.unknown()),
  required: z.optional(z.array(text)),
  items: z.optional(z.lazy(() => Schema)),
  minimum: optionalNumber,
  maximum: optionalNumber,
  minLength: optionalNumber,
  maxLength: optionalNumber,
  minItems: optionalNumber,
  maxItems: optionalNumber,
});

const Content = z.record(text, z.object({ schema: Schema, example: z.optional(z.unknown()) }));

const Answer = z.object({
  description: text,
  headers: z._default(z.record(text, z.unknown()), {}),
  content: z.optional(Content),
});
export type Answer = z.infer<typeof Answer>;

const Operation = z.object({
  operationId: text,
  tags: z.array(text),
  summary: text,
  description: text,
  parameters: z.array(
    z.object({
      name: text,
      in: text,
      required: z.boolean(),
      description: optionalText,
      schema: Schema,
    }),
  ),
  requestBody: z.optional(
    z.object({ required: z.boolean(), description: optionalText, content: Content }),
  ),
  responses: z.record(text, z.union([z.object({ $ref: text }), Answer])),
});
export type Operation = z.infer<typeof Operation>;

const ApiDescription = z.object({
  info: z.object({ description: text }),
  tags: z.array(z.object({ name: text, description: text })),
  paths: z.record(text, z.record(text, Operation)),
  components: z.object({
    headers: z.record(text, z.object({ description: text })),
    responses: z.record(text, Answer),
    schemas: z.record(text, Schema),
  }),
});
export type ApiDescription = z.infer<typeof ApiDescription>;

/** What getOpenApi answers, typed as far as the reference reads it. */
export function apiDescription(): ApiDescription {
  return z.parse(ApiDescription, openApiDocument());
}

/** The last part of a reference within the document. */
export function referredName(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}
