import type { Command } from "commander";
import type { ImportChange } from "../../shared/contract/event-type.ts";
import {
  importEventTypes,
  maxDocumentBytes,
} from "../../shared/contract/operations/event-types/import-event-types.ts";
import { jsonOfFile } from "../input.ts";
import { Failure } from "../output/failure.ts";
import type { Column } from "../output/table.ts";
import { withService } from "../with-service.ts";
import { noteBreaking } from "./shown-event-type.ts";

interface ImportOptions {
  readonly topic?: string;
  readonly dryRun?: true;
}

const columns: readonly Column<ImportChange>[] = [
  { title: "TYPE", cell: ({ topicName, event }) => `${topicName}/${event}`, cut: "middle" },
  { title: "CHANGE", cell: ({ change }) => change, isWhole: true },
  { title: "FIELDS", cell: ({ fields }) => fields.join(", "), spare: 1 },
];

export function addImport(types: Command): void {
  types
    .command("import")
    .description("Put an event type for each of the `webhooks` of an OpenAPI 3.1 document.")
    .argument("<file>", "the document, as JSON; `-` is stdin")
    .option("--topic <topic>", "the topic of webhooks that name none (default: `default`)")
    .option("--dry-run", "only tell what would change")
    .action((file: string, { topic, dryRun }: ImportOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const document = documentOf(await jsonOfFile(file, maxDocumentBytes), file);
        const { changes } = await client.importEventTypes({ document, topicName: topic, dryRun });
        output.list(changes, columns);
        for (const { breaking } of changes) noteBreaking(breaking, output);
        if (dryRun) output.note("Nothing was written: this was a dry run.");
      }),
    );
}

function documentOf(read: unknown, file: string) {
  const parsed = importEventTypes.body.shape.document.safeParse(read);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map(({ path, message }) => ({
    path: ["document", ...path].join("."),
    message,
  }));
  throw new Failure("usage", `${file} is not an OpenAPI 3.1 document with webhooks`, { details });
}
