import { isOurTopic } from "../contract/values/names.ts";

/** Whose topics somebody is narrowed to; absent: to all but the service's own. */
export interface TopicScope {
  readonly topics?: readonly string[] | undefined;
}

export function isInScope({ topics }: TopicScope, topicName: string): boolean {
  return !isOurTopic(topicName) && (topics?.includes(topicName) ?? true);
}
