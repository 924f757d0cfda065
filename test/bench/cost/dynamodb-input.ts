import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";

/** A row in DynamoDB's JSON. */
export const Row = z.record(z.string(), z.record(z.string(), z.unknown()));
export type Row = z.infer<typeof Row>;

/** An index and what it holds of a row besides the keys. */
export interface SecondaryIndex {
  readonly key: string;
  readonly attributes: readonly string[];
}

const TableProperties = z.object({
  GlobalSecondaryIndexes: z._default(
    z.array(
      z.object({
        KeySchema: z.array(z.object({ AttributeName: z.string() })),
        Projection: z.object({ NonKeyAttributes: z._default(z.array(z.string()), []) }),
      }),
    ),
    [],
  ),
});
const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })),
});

/** The indexes of all tables of a synthesized stack; a row is in those whose key it has. */
export async function readIndexes(assembly: string): Promise<SecondaryIndex[]> {
  const text = await readFile(join(assembly, "Hookcast.template.json"), "utf8");
  const tables = Object.values(Template.parse(JSON.parse(text)).Resources).filter(
    ({ Type }) => Type === "AWS::DynamoDB::Table",
  );
  return tables
    .flatMap(({ Properties }) => TableProperties.parse(Properties).GlobalSecondaryIndexes)
    .map(({ KeySchema, Projection }) => ({
      key: KeySchema[0]?.AttributeName ?? "",
      attributes: Projection.NonKeyAttributes,
    }));
}
