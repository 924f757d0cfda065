import type { Command } from "commander";
import { positiveInteger } from "../option-values.ts";
import { Failure } from "../output/failure.ts";
import { withService } from "../with-service.ts";
import { typeFacts } from "./shown-event-type.ts";
import { typeArgument, typeNamed } from "./type-name.ts";

interface GetOptions {
  readonly schemaVersion?: number;
  readonly schema?: true;
  readonly example?: number;
}

export function addGet(types: Command): void {
  types
    .command("get")
    .description("Show an event type, its schema or an example.")
    .argument(...typeArgument)
    .option(
      "--schema-version <number>",
      "an earlier version of the schema, with its examples",
      positiveInteger,
    )
    .option("--schema", "only the schema, as JSON")
    .option("--example <number>", "only this example, as JSON; the first is 1", positiveInteger)
    .action((name: string, options: GetOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const { schemaVersion, schema, example } = options;
        const type = await client.getEventType({ ...typeNamed(name), schemaVersion });
        if (schema) return output.json(type.schema);
        if (example === undefined) return output.show(type, typeFacts(type));
        if (example > type.examples.length) {
          throw new Failure("notFound", `${name} has ${type.examples.length} examples`);
        }
        output.json(type.examples[example - 1]);
      }),
    );
}
