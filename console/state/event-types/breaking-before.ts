import type { EventCode } from "../../../shared/contract/values/event.ts";
import { hookcast } from "../hookcast.ts";
import type { Breaking } from "./saved-type.ts";
import type { TypeFields } from "./type-form.ts";

interface TypeName {
  readonly topicName: string;
  readonly event: EventCode;
}

/**
 * Whom the schema would break, as the dry run of an import tells: a put tells it only once it is done. Empty where the
 * service would refuse it, since saving says that at the field.
 */
export async function breakingBefore(
  { topicName, event }: TypeName,
  { schema, examples }: Pick<TypeFields, "schema" | "examples">,
): Promise<readonly Breaking[]> {
  // The service reads it as JSON, and says what is wrong with it.
  const document = documentOf({ topicName, event }, schema, examples) as ImportedDocument;
  try {
    const { changes } = await hookcast().importEventTypes({ dryRun: true, document });
    return changes.flatMap(({ breaking }) => breaking);
  } catch {
    return [];
  }
}

type ImportedDocument = Parameters<ReturnType<typeof hookcast>["importEventTypes"]>[0]["document"];

/** The type as the only webhook of an OpenAPI document. */
export function documentOf(name: TypeName, schema: unknown, examples: readonly unknown[]) {
  const content = {
    ...(schema !== null && { schema: placed(schema) }),
    examples: Object.fromEntries(examples.map((value, index) => [`example${index}`, { value }])),
  };
  const requestBody = { content: { "application/json": content } };
  return {
    openapi: "3.1.0",
    webhooks: { type: { post: { requestBody, "x-hookcast": name } } },
  };
}

const place = "#/webhooks/type/post/requestBody/content/application~1json/schema";

/** References within the schema are references within the document then. */
function placed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(placed);
  if (typeof part !== "object" || part === null) return part;
  const entries = Object.entries(part).map(([name, value]) => [
    name,
    name === "$ref" && typeof value === "string" && value.startsWith("#")
      ? place + value.slice(1)
      : placed(value),
  ]);
  return Object.fromEntries(entries);
}
