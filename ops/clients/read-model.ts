import { endpoints } from "../../shared/contract/endpoints.ts";
import type { Endpoint } from "../../shared/contract/route.ts";
import { routes } from "../../shared/contract/routes.ts";
import {
  type ApiDescription,
  apiDescription,
  type Operation,
  referredName,
  type Schema,
} from "../api-docs/description.ts";
import { collectDeclarations, reachableNames } from "./declarations.ts";
import { type Field, type Model, type ModelOperation, type Type, writtenByHand } from "./model.ts";
import { pascalCase } from "./names.ts";

type Declarations = ReturnType<typeof collectDeclarations>;
const json = "application/json";

/** The model of the document that getOpenApi returns, in the order of the table of operations. */
export function readModel(api: ApiDescription = apiDescription()): Model {
  const { schemas } = api.components;
  const declarations = collectDeclarations(schemas);
  const reachable = reachableNames([api.paths, schemas.Error], schemas);
  for (const name of Object.keys(schemas)) {
    if (reachable.has(name) && !/Success$|^(Error|GatewayAnswer)$/.test(name)) {
      declarations.named(name);
    }
  }
  const described = Object.values(api.paths).flatMap((methods) => Object.values(methods));
  const operations = Object.keys(routes).map((id) => {
    const operation = described.find(({ operationId }) => operationId === id);
    if (!operation) throw new Error(`the document has no ${id}`);
    return operationOf(id, operation, schemas, declarations);
  });
  return { declarations: declarations.all(), operations };
}

function operationOf(
  id: string,
  operation: Operation,
  schemas: Readonly<Record<string, Schema>>,
  declarations: Declarations,
): ModelOperation {
  const endpoint: Endpoint = endpoints[id as keyof typeof endpoints];
  const { summary, description, parameters, requestBody } = operation;
  const parameterFields = (isHeader: boolean) =>
    parameters
      .filter((parameter) => (parameter.in === "header") === isHeader)
      .map(
        ({ name, required, schema, description = "" }): Field => ({
          name,
          type: declarations.typeOf(schema, `${pascalCase(id)}${pascalCase(name)}`),
          isRequired: required,
          description,
        }),
      );
  const body = writtenByHand.has(id) ? undefined : requestBody?.content[json]?.schema;
  const fields = [
    ...parameterFields(false),
    ...(body ? declarations.fieldsOf(body, pascalCase(id)) : []),
  ];
  const isBare = endpoint.bare === true;
  const response = responseOf(id, isBare, operation, schemas);
  return {
    ...{ id, method: endpoint.method, path: endpoint.path, isBare, summary, description },
    queryFields: endpoint.queryFields ?? [],
    fields,
    headers: parameterFields(true),
    response: declarations.typeOf(response, `${pascalCase(id)}Response`),
    items: itemsOf(id, response, fields, declarations),
  };
}

function responseOf(
  id: string,
  isBare: boolean,
  { responses }: Operation,
  schemas: Readonly<Record<string, Schema>>,
): Schema {
  const [answer] = Object.values(responses).filter((one) => !("$ref" in one));
  const schema = answer && "content" in answer ? answer.content?.[json]?.schema : undefined;
  const success = schema?.$ref ? schemas[referredName(schema.$ref)] : schema;
  const response = isBare ? success : success?.properties?.response;
  if (!response) throw new Error(`the document does not say what ${id} responds`);
  return response;
}

/** A page has the items, a cursor and at most facts about them all. */
function itemsOf(
  id: string,
  { properties = {} }: Schema,
  fields: readonly Field[],
  declarations: Declarations,
): { field: string; type: Type } | undefined {
  if (!("nextCursor" in properties) || !fields.some(({ name }) => name === "cursor")) {
    return undefined;
  }
  const lists = Object.entries(properties).filter(([, { type }]) => type === "array");
  const [[field, { items }] = ["", {} as Schema], ...others] = lists;
  if (!items || others.length > 0) throw new Error(`a page of ${id} must have one list`);
  return { field, type: declarations.typeOf(items, `${pascalCase(id)}${pascalCase(field)}`) };
}
