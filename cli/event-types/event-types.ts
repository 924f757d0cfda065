import { type Command, Option } from "commander";
import { confirm } from "../input.ts";
import { collect, positiveInteger } from "../option-values.ts";
import { Failure } from "../output/failure.ts";
import { withService } from "../with-service.ts";
import { addImport } from "./import.ts";
import { addPut } from "./put.ts";
import { typeColumns, typeFacts } from "./shown-event-type.ts";
import {
  addFilterOptions,
  type FilterOptions,
  filterOf,
  typeArgument,
  typeNamed,
} from "./type-arguments.ts";
import { addValidate } from "./validate.ts";

export function addEventTypes(program: Command): void {
  const types = program
    .command("event-types")
    .description("Manage the catalogue of event types, and check values against it.");
  addPut(types);
  addGet(types);
  addList(types);
  addDelete(types);
  addImport(types);
  addExport(types);
  addValidate(types);
}

function addList(types: Command): void {
  const list = types
    .command("list")
    .description("List the event types by topic and event, without their schemas.");
  addFilterOptions(list).action((options: FilterOptions, command: Command) =>
    withService(command, async ({ client, output }) => {
      const found = await collect(client.listEventTypes(filterOf(options)));
      output.list(found, typeColumns);
      if (found.length === 0) output.note("No event type.");
    }),
  );
}

interface GetOptions {
  readonly schemaVersion?: number;
  readonly schema?: true;
  readonly example?: number;
}

function addGet(types: Command): void {
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

const formats = ["openapi", "asyncapi"] as const;

interface ExportOptions extends FilterOptions {
  readonly format: (typeof formats)[number];
}

function addExport(types: Command): void {
  const command = types
    .command("export")
    .description("Print the event types as an OpenAPI 3.1 or AsyncAPI 3 document.")
    .addOption(
      new Option("--format <format>", "`import` reads openapi")
        .choices(formats)
        .default("openapi" satisfies (typeof formats)[number]),
    );
  addFilterOptions(command).action((options: ExportOptions, self: Command) =>
    withService(self, async ({ client, output }) => {
      const document = `${options.format}.json` as const;
      output.json(await client.exportEventTypes({ document, ...filterOf(options) }));
    }),
  );
}

interface DeleteOptions {
  readonly yes?: true;
}

function addDelete(types: Command): void {
  types
    .command("delete")
    .description("Delete an event type with every version of its schema.")
    .argument(...typeArgument)
    .option("--yes", "do not ask")
    .action((name: string, { yes }: DeleteOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const type = typeNamed(name);
        if (!yes) await confirm(`Delete the event type ${name}?`);
        await client.deleteEventType(type);
        output.show(type, `deleted ${name}`);
      }),
    );
}
