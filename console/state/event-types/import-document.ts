import type { ResponseOf } from "../../../client/operations.ts";
import { hookcast } from "../hookcast.ts";
import { FormError } from "./field-problems.ts";

export type ImportChange = ResponseOf<"importEventTypes">["changes"][number];

/** An OpenAPI document as it was pasted or chosen, and the topic of those webhooks that name none. */
export interface Draft {
  readonly text: string;
  readonly topicName: string;
}

/** Puts the document's webhooks into the catalogue, or only tells what would change. */
export async function importDocument(draft: Draft, dryRun: boolean): Promise<ImportChange[]> {
  const document = documentOf(draft.text);
  const topicName = draft.topicName.trim() || undefined;
  const { changes } = await hookcast().importEventTypes({ document, topicName, dryRun });
  return changes;
}

type Document = Parameters<ReturnType<typeof hookcast>["importEventTypes"]>[0]["document"];

/** Whether it is an OpenAPI document, the service tells. Throws a FormError where it is no JSON. */
function documentOf(text: string): Document {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error; // JSON.parse throws nothing else
    throw new FormError([{ path: "document", message: `is not JSON: ${message}` }]);
  }
}

/** How many types of each kind, in words: `2 new, 1 changed, 4 unchanged`. */
export function countChanges(changes: readonly Pick<ImportChange, "change">[]): string {
  const count = (wanted: ImportChange["change"], word: string) => {
    const found = changes.filter(({ change }) => change === wanted).length;
    return found === 0 ? [] : [`${found} ${word}`];
  };
  const parts = [
    ...count("created", "new"),
    ...count("updated", "changed"),
    ...count("unchanged", "unchanged"),
  ];
  return parts.length === 0 ? "none" : parts.join(", ");
}
