import { type Command, Option } from "commander";
import { withService } from "../with-service.ts";
import { addFilterOptions, type FilterOptions, filterOf } from "./type-filter.ts";

const formats = ["openapi", "asyncapi"] as const;

interface ExportOptions extends FilterOptions {
  readonly format: (typeof formats)[number];
}

export function addExport(types: Command): void {
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
