/** A field of an event's data, as a reader of the catalogue wants to know it. */
export interface SchemaField {
  /** From the data on: `customer.address`, `items[].sku`. */
  readonly path: string;
  readonly type: string;
  readonly meaning: string;
  readonly isRequired: boolean;
}

type Schema = Readonly<Record<string, unknown>>;

/** Deeper fields are in the whole schema, which is shown, too. */
const maxDepth = 4;

/** The fields that a JSON Schema names in the open; what it says by references and conditions is left to the schema. */
export function fieldsOf(schema: unknown, parent = "", depth = 0): SchemaField[] {
  if (!isObject(schema) || depth >= maxDepth) return [];
  const { properties, required, items } = schema;
  if (isObject(items)) return fieldsOf(items, `${parent}[]`, depth);
  if (!isObject(properties)) return [];
  const names = Array.isArray(required) ? required : [];
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = parent === "" ? name : `${parent}.${name}`;
    const own = isObject(field) ? field : {};
    const meaning = typeof own.description === "string" ? own.description : "";
    const isRequired = names.includes(name);
    return [{ path, type: typeOf(own), meaning, isRequired }, ...fieldsOf(own, path, depth + 1)];
  });
}

function typeOf({ type, format, enum: values, const: only, items }: Schema): string {
  if (only !== undefined) return JSON.stringify(only);
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(" | ");
  const name = Array.isArray(type) ? type.join(" | ") : typeof type === "string" ? type : "";
  if (name === "array" && isObject(items)) return `${typeOf(items) || "any"}[]`;
  return typeof format === "string" ? `${name} (${format})` : name;
}

function isObject(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
