import { referredName, type Schema } from "./description.ts";
import { table } from "./table.ts";
import { typeInWords } from "./type.ts";

export type Schemas = Readonly<Record<string, Schema>>;

/**
 * A table of an object's fields, those of objects and lists within it by their paths: `config.url`,
 * `results[].messageId`. Undefined where there are none.
 */
export function fieldTable(schema: Schema, schemas: Schemas): string | undefined {
  const rows = rowsOf(schema, schemas, "");
  return rows.length === 0 ? undefined : table(["field", "type", "what it means"], rows);
}

function rowsOf(schema: Schema, schemas: Schemas, prefix: string): string[][] {
  if (schema.anyOf?.some(({ properties }) => properties)) {
    // A field of one alternative is missing in the others.
    const rows = schema.anyOf.flatMap((choice) =>
      rowsOf({ ...choice, required: [] }, schemas, prefix),
    );
    return [...new Map(rows.map((row) => [row[0], row])).values()];
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const isRequired = schema.required?.includes(name) ?? false;
    return rowAndBelow(`${prefix}${name}`, property, schemas, isRequired);
  });
}

function rowAndBelow(name: string, schema: Schema, schemas: Schemas, isRequired: boolean) {
  const type = `${typeInWords(schema)}${isRequired ? "" : ", optional"}`;
  const own = [`\`${name}\``, type, meaningOf(schema, schemas)];
  const below = schema.items
    ? rowsOf(schema.items, schemas, `${name}[].`)
    : rowsOf(schema, schemas, `${name}.`);
  return [own, ...below];
}

function meaningOf({ description, $ref }: Schema, schemas: Schemas): string {
  return description ?? ($ref && schemas[referredName($ref)]?.description) ?? "";
}
