import type { Command } from "commander";
import { faultsOf } from "../../shared/domain/event-types/check-value.ts";
import { isSchema, openSchema } from "../../shared/domain/event-types/schema-parts.ts";
import { positiveInteger } from "../option-values.ts";
import { Failure } from "../output/failure.ts";
import { contentOf } from "../publish/content.ts";
import { withService } from "../with-service.ts";
import { typeArgument, typeNamed } from "./type-arguments.ts";

interface ValidateOptions {
  readonly file?: string;
  readonly schemaVersion?: number;
}

export function addValidate(types: Command): void {
  types
    .command("validate")
    .description("Check a value against the schema of its event type. Nothing is published.")
    .argument(...typeArgument)
    .argument("[value]", "the value, as JSON; read from stdin if it is left out or `-`")
    .option("--file <file>", "read the value from a file")
    .option("--schema-version <number>", "check against an earlier version", positiveInteger)
    .action((name: string, value: string | undefined, options: ValidateOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const { file, schemaVersion } = options;
        const { bytes } = await contentOf(value, { ...(file !== undefined && { file }) });
        const type = await client.getEventType({ ...typeNamed(name), schemaVersion });
        if (!isSchema(type.schema)) throw new Failure("refused", `${name} has no schema`);
        const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
        const faults = faultsOf(openSchema(type.schema), read, bytes.length);
        const against = `version ${type.schemaVersion} of ${name}`;
        if (faults.length > 0) {
          const details = faults.map(({ path, message }) => ({
            path: ["value", ...path].join("."),
            message,
          }));
          throw new Failure("refused", `the value does not match ${against}`, { details });
        }
        output.show({ schemaVersion: type.schemaVersion, matches: true }, `matches ${against}`);
      }),
    );
}
