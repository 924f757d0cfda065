import * as z from "zod/mini";
import { openApiDocument } from "../../shared/contract/openapi/document.ts";

const Schema = z.record(z.string(), z.unknown());
type Schema = z.infer<typeof Schema>;

const ObjectSchema = z.looseObject({
  properties: z._default(z.record(z.string(), Schema), {}),
  required: z._default(z.array(z.string()), []),
});

const Operation = z.looseObject({
  operationId: z.string(),
  parameters: z.array(
    z.looseObject({
      name: z.string(),
      in: z.string(),
      required: z.boolean(),
      description: z.optional(z.string()),
      schema: Schema,
    }),
  ),
  requestBody: z.optional(
    z.looseObject({
      content: z.record(z.string(), z.looseObject({ schema: Schema })),
    }),
  ),
});

const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), Schema) }),
});

const reference = "#/components/schemas/";

/** The forms of a message's content that an agent can write. */
const content = {
  value: { description: "The message, as any JSON. Give this or text." },
  text: { type: "string", description: "The message, as text." },
};

/** Describes an operation's input as one object: the fields of its path, query and body, side by side. */
export function inputSchemas(): (id: string) => Schema {
  const { paths, components } = z.parse(Document, openApiDocument());
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  return (id) => {
    const operation = operations.find(({ operationId }) => operationId === id);
    if (!operation) throw new Error(`the document has no ${id}`);
    const parameters = operation.parameters.filter((parameter) => parameter.in !== "header");
    const body = id === "publish" ? { properties: content, required: [] } : bodyOf(operation);
    const properties = {
      ...Object.fromEntries(
        parameters.map(({ name, schema, description }) => [name, { ...schema, description }]),
      ),
      ...body.properties,
    };
    const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
    const schema = {
      type: "object",
      properties,
      required: [...required, ...body.required],
      additionalProperties: false,
    };
    return withDefinitions(schema, components.schemas);
  };
}

function bodyOf({ requestBody }: z.infer<typeof Operation>): z.infer<typeof ObjectSchema> {
  return z.parse(ObjectSchema, requestBody?.content["application/json"]?.schema ?? {});
}

/** The schema with the components that it needs, which the document has elsewhere. */
function withDefinitions(schema: Schema, components: Readonly<Record<string, Schema>>): Schema {
  const definitions: Record<string, unknown> = {};
  const local = (value: unknown): unknown => {
    const text = JSON.stringify(value, (name, member: unknown) => {
      if (name !== "$ref" || typeof member !== "string") return member;
      const component = member.slice(reference.length);
      if (!(component in definitions)) {
        definitions[component] = {}; // so that one that needs itself is looked up once
        definitions[component] = local(components[component]);
      }
      return `#/$defs/${component}`;
    });
    return JSON.parse(text);
  };
  const own = z.parse(Schema, local(schema));
  return Object.keys(definitions).length === 0 ? own : { ...own, $defs: definitions };
}
