import { openApiDocument } from "../../../shared/contract/openapi/document.ts";

/** As much of JSON Schema as tells what a field means. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** What the OpenAPI document says of an operation. */
export interface OperationDocs {
  readonly summary: string;
  readonly description: string;
  /** The fields of path, query and body side by side, as the client takes them. */
  readonly input: Schema;
  readonly headers: Schema;
  readonly response: Schema;
}

export interface ApiDocs {
  readonly operations: ReadonlyMap<string, OperationDocs>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly schema: Schema;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const json = "application/json";

/** Reads what getOpenApi answers; its own tests hold it to OpenAPI. */
export function readApiDocs(): ApiDocs {
  const document = openApiDocument() as unknown as Document;
  const { schemas } = document.components;
  const all = Object.values(document.paths).flatMap((path) => Object.values(path));
  return {
    schemas,
    operations: new Map(all.map((one) => [one.operationId, docsOf(one, schemas)])),
  };
}

function docsOf(operation: Operation, schemas: ApiDocs["schemas"]): OperationDocs {
  const { summary, description, parameters, requestBody, responses } = operation;
  const fieldsIn = (places: readonly string[]) =>
    Object.fromEntries(
      parameters
        .filter((parameter) => places.includes(parameter.in))
        .map(({ name, description, schema }) => [
          name,
          { ...schema, ...(description && { description }) },
        ]),
    );
  const body = requestBody?.content[json]?.schema ?? {};
  const success = Object.values(responses).find(({ content }) => content?.[json]);
  const answer = resolved(success?.content?.[json]?.schema ?? {}, schemas);
  return {
    summary,
    description,
    input: { properties: { ...fieldsIn(["path", "query"]), ...propertiesOf(body, schemas) } },
    headers: { properties: fieldsIn(["header"]) },
    response: answer.properties?.response ?? answer,
  };
}

/** The schema that a reference leads to. */
export function resolved(schema: Schema, schemas: ApiDocs["schemas"]): Schema {
  const name = componentOf(schema);
  return name === undefined ? schema : (schemas[name] ?? {});
}

export function componentOf({ $ref }: Schema): string | undefined {
  return $ref?.slice($ref.lastIndexOf("/") + 1);
}

/** The properties of an object, or of every alternative that is one. */
export function propertiesOf(schema: Schema, schemas: ApiDocs["schemas"]): Record<string, Schema> {
  const { properties, anyOf = [], oneOf = [], allOf = [] } = resolved(schema, schemas);
  const parts = [...anyOf, ...oneOf, ...allOf].map((part) => propertiesOf(part, schemas));
  return Object.assign({}, ...parts.toReversed(), properties);
}

/** What the elements of a list are, whichever alternative it is. */
export function itemsOf(schema: Schema, schemas: ApiDocs["schemas"]): Schema {
  const { items, anyOf = [] } = resolved(schema, schemas);
  return (
    items ??
    anyOf.map((part) => itemsOf(part, schemas)).find((part) => Object.keys(part).length > 0) ??
    {}
  );
}
