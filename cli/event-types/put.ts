import { type Command, Option } from "commander";
import { EventTypeStatus, Validate } from "../../shared/contract/event-type.ts";
import { jsonOfFile } from "../input.ts";
import { each } from "../option-values.ts";
import { withService } from "../with-service.ts";
import { noteBreaking, typeFacts } from "./shown-event-type.ts";
import { typeArgument, typeNamed } from "./type-arguments.ts";

interface PutOptions {
  readonly description?: string;
  readonly group?: string;
  readonly status?: EventTypeStatus;
  readonly validate?: Validate;
  readonly audience?: string[];
  readonly schema?: string;
  readonly example?: string[];
}

/** More than the service takes: it says what is wrong with what is too large. */
const maxFileBytes = 1_048_576;

export function addPut(types: Command): void {
  types
    .command("put")
    .description("Create an event type, or change what you give of it.")
    .argument(...typeArgument)
    .option("--description <text>", "what has happened; an empty text takes it away")
    .option("--group <text>", "the heading in lists; an empty text takes it away")
    .addOption(
      new Option("--status <status>", "how far its life is").choices(EventTypeStatus.options),
    )
    .addOption(
      new Option(
        "--validate <mode>",
        "what becomes of messages that the schema refuses: nothing, a warning, or a refusal",
      ).choices(Validate.options),
    )
    .option(
      "--audience <tag>",
      "show it to this audience only; repeat it for more; `none`: to everybody",
      each(String),
    )
    .option("--schema <file>", "a file with the JSON Schema; `none` takes it away")
    .option(
      "--example <file>",
      "a file with an example; repeat it for more; `none` takes all away",
      each(String),
    )
    .action((name: string, options: PutOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const body = await bodyOf(options);
        const answer = await client.putEventType({ ...typeNamed(name), ...body });
        output.show(answer, typeFacts(answer.eventType));
        noteBreaking(answer.breaking, output);
      }),
    );
}

async function bodyOf({
  description,
  group,
  status,
  validate,
  audience,
  schema,
  example,
}: PutOptions) {
  return {
    ...(description !== undefined && { description: description || null }),
    ...(group !== undefined && { group: group || null }),
    status,
    validate,
    audience: audience?.filter((tag) => tag !== "none"),
    ...(schema !== undefined && {
      schema: schema === "none" ? null : await jsonOfFile(schema, maxFileBytes),
    }),
    ...(example !== undefined && {
      examples: await Promise.all(
        example
          .filter((file) => file !== "none")
          .map(async (file) => await jsonOfFile(file, maxFileBytes)),
      ),
    }),
  };
}
