import type { ErrorDetail } from "../../contract/errors.ts";
import { isOurTopic } from "../../contract/values/names.ts";
import type { Format } from "../../contract/values/webhook-values.ts";
import { AppError } from "../app-error.ts";

const alertFormats: readonly unknown[] = ["slack", "teams"] satisfies Format[];

/** What is wrong with this format on this topic; `path` is the field that was sent. Anything but texts is a schema's to refuse. */
export function misplacedFormat(format: unknown, topicName: unknown, path: string): ErrorDetail[] {
  if (!alertFormats.includes(format) || typeof topicName !== "string") return [];
  if (isOurTopic(topicName)) return [];
  const message = `the format ${format} is for alerts: it needs a topic that begins with $`;
  return [{ path, message }];
}

/** The webhook as it would be from now on. The path names what the request says of it: the format, or else the topic. */
export function assertFormatFits(
  { format, topicName }: { readonly format: Format; readonly topicName: string },
  sentFormat: Format | undefined,
): void {
  const path = sentFormat === undefined ? "topicName" : "config.format";
  const details = misplacedFormat(format, topicName, path);
  const [problem] = details;
  if (problem) throw new AppError("INVALID_ARGUMENT_ERROR", problem.message, { details });
}
