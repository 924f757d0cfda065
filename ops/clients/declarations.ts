import { referredName, type Schema } from "../api-docs/description.ts";
import type { Declaration, Field, Type } from "./model.ts";
import { pascalCase } from "./names.ts";

/** What stands within other types, by the name that it would have and by the better one. */
const betterNames: Readonly<Record<string, string>> = {
  CreateWebhookId: "NewWebhookIdentity",
  ListCachesResponseCache: "Cache",
  MessageDeliveryId: "WebhookIdentity",
  PublishBatchResponseResult: "PublishBatchResult",
  PublishBatchResponseResultError: "PublishBatchRefusal",
  PublishBatchResponseResultErrorError: "Refusal",
  UpdateWebhookStatusResponseWebhookStatus: "WebhookStatusSentence",
  WebhookId: "WebhookIdentity",
};

/** Languages of their own, in which the names of fields are the user's: JSON, to every client. */
const writtenAsJson: ReadonlySet<string> = new Set(["Filter"]);

const anyObject: Type = { kind: "map", of: { kind: "json" } };

/** Collects types that have names: those of the document, and those that languages cannot write in place. */
export function collectDeclarations(schemas: Readonly<Record<string, Schema>>) {
  const declarations = new Map<string, Declaration>();
  /** What is being declared: a type may hold itself. */
  const underWay = new Set<string>();
  /** What has been declared, by its shape: what is the same has one name. */
  const nameByShape = new Map<string, string>();

  function declare(declaration: Declaration): Type {
    const { name, description, ...shape } = declaration;
    const key = JSON.stringify(shape, (field, value) => {
      if (field === "kind" && value === "time") return "text"; // some answers do not say which texts are times
      return field === "description" ? undefined : value;
    });
    const known = nameByShape.get(key);
    if (known) return { kind: "named", name: known };
    if (declarations.has(name)) throw new Error(`two types would be called ${name}`);
    declarations.set(name, declaration);
    nameByShape.set(key, name);
    return { kind: "named", name };
  }

  function named(name: string): Type {
    if (name === "JsonValue") return { kind: "json" };
    if (writtenAsJson.has(name)) return anyObject;
    const schema = schemas[name];
    if (!schema) throw new Error(`the document has no ${name}`);
    if (declarations.has(name) || underWay.has(name)) return { kind: "named", name };
    underWay.add(name);
    const type = typeOf(schema, name);
    underWay.delete(name);
    if (type.kind !== "union") return type;
    return declare({ name, description: schema.description ?? "", kind: "alias", type });
  }

  /** The type of a schema; `name` is what it is called if it needs a name. */
  function typeOf(schema: Schema, name: string, description = schema.description ?? ""): Type {
    if (schema.$ref) return named(referredName(schema.$ref));
    if (typeof schema.const === "string" || typeof schema.const === "boolean") {
      return { kind: "constant", value: schema.const };
    }
    const values = schema.enum?.filter((value) => typeof value === "string");
    if (values) return declare({ name: nameFor(name), description, kind: "choice", values });
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return unionOf(choices, name, description);
    if (Array.isArray(schema.type)) {
      return unionOf(
        schema.type.map((type) => ({ ...schema, type })),
        name,
        description,
      );
    }
    if (schema.type === "array" && schema.items) {
      return { kind: "list", of: typeOf(schema.items, name.replace(/s$/, "")) };
    }
    if (schema.properties) {
      const fields = fieldsOf(schema, name);
      return declare({ name: nameFor(name), description, kind: "object", fields });
    }
    return plainType(schema, name);
  }

  function plainType({ type, format, additionalProperties }: Schema, name: string): Type {
    if (type === "object" && isSchema(additionalProperties)) {
      return { kind: "map", of: typeOf(additionalProperties, name) };
    }
    if (type === "string") return { kind: format === "date-time" ? "time" : "text" };
    if (type === "integer" || type === "number" || type === "boolean") return { kind: type };
    return type === "object" ? anyObject : { kind: "json" };
  }

  function unionOf(choices: readonly Schema[], name: string, description: string): Type {
    const others = choices.filter(({ type }) => type !== "null");
    const types = others.map((choice, index) =>
      typeOf(choice, others.length === 1 ? name : `${name}${memberName(choice, index)}`),
    );
    const [only, ...more] = types;
    if (!only) throw new Error(`${name} has no type`);
    const isObjects = types.every((type) => type.kind === "named") && more.length > 0;
    const union: Type = { kind: "union", of: types };
    const alias = () => declare({ name: nameFor(name), description, kind: "alias", type: union });
    const type = more.length === 0 ? only : isObjects ? alias() : union;
    return others.length < choices.length ? { kind: "nullable", of: type } : type;
  }

  function fieldsOf(schema: Schema, parent: string): Field[] {
    return Object.entries(schema.properties ?? {}).map(([name, property]) => {
      const own = pascalCase(name);
      const prefix = own.startsWith(parent) && own !== parent ? "" : parent;
      return {
        name,
        type: typeOf(property, `${prefix}${own}`),
        isRequired: schema.required?.includes(name) ?? false,
        description: property.description ?? "",
      };
    });
  }

  function nameFor(name: string): string {
    return betterNames[name] ?? name;
  }

  return { named, typeOf, fieldsOf, all: () => [...declarations.values()] };
}

/** Alternatives of a union are told apart by a constant, or by the first field that they need. */
function memberName({ required, properties }: Schema, index: number): string {
  const constant = Object.values(properties ?? {}).find((one) => typeof one.const === "string");
  if (constant) return pascalCase(String(constant.const));
  const [first] = required ?? Object.keys(properties ?? {});
  return pascalCase(first ?? String(index + 1));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

/** The names of the schemas that something refers to, however indirectly. */
export function reachableNames(
  start: unknown,
  schemas: Readonly<Record<string, Schema>>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    JSON.stringify(value, (key, member: unknown) => {
      if (key !== "$ref" || typeof member !== "string") return member;
      const name = referredName(member);
      if (name in schemas && !found.has(name) && !writtenAsJson.has(name)) {
        found.add(name);
        visit(schemas[name]);
      }
      return member;
    });
  };
  visit(start);
  return found;
}
