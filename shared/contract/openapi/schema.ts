import * as z from "zod/mini";

export type Json = Record<string, unknown>;

export interface JsonSchema extends Json {
  readonly properties?: Record<string, JsonSchema>;
  readonly required?: readonly string[];
}

/** Turns zod's schemas into JSON Schema; those that carry an id become components and are referred to. */
export interface SchemaWriter {
  write(type: z.core.$ZodType, io: "input" | "output"): JsonSchema;
  /** Makes a component of a schema that is written already, and refers to it. */
  name(id: string, schema: JsonSchema): JsonSchema;
  /** The components that were referred to so far, in alphabetical order. */
  components(): Record<string, JsonSchema>;
}

export function openSchemaWriter(): SchemaWriter {
  const components = new Map<string, JsonSchema>();
  return {
    write(type, io) {
      const {
        $schema,
        $defs = {},
        ...schema
      } = z.toJSONSchema(type, { io, unrepresentable: "any" });
      for (const [id, component] of Object.entries($defs)) {
        components.set(id, withComponentReferences(component));
      }
      return withComponentReferences(schema);
    },
    name(id, schema) {
      components.set(id, schema);
      return { $ref: `#/components/schemas/${id}` };
    },
    components: () => Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function withComponentReferences(schema: unknown): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text) as JsonSchema; // zod writes nothing but JSON Schema
}
