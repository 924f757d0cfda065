import { HookcastError } from "../../../client/errors.ts";
import type { ResponseOf } from "../../../client/operations.ts";
import { hookcast } from "../hookcast.ts";
import { FormError } from "./field-problems.ts";
import type { TypeFields } from "./type-form.ts";

interface NewType extends TypeFields {
  readonly topicName: string;
  readonly event: string;
}

/** A put would change a type that is there already, which nobody expects of "create". */
export async function createEventType(type: NewType): Promise<ResponseOf<"putEventType">> {
  const { topicName, event } = type;
  if (await exists(topicName, event)) {
    const message = `${event} of ${topicName} is in the catalogue already`;
    throw new FormError([{ path: "event", message }]);
  }
  return await hookcast().putEventType(type);
}

async function exists(topicName: string, event: string): Promise<boolean> {
  try {
    await hookcast().getEventType({ topicName, event });
    return true;
  } catch (error) {
    if (error instanceof HookcastError && error.status === 404) return false;
    throw error;
  }
}
