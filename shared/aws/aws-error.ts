import type { HttpAnswer } from "./connections.ts";

/** What the SDK tells of a call beside its result. */
export interface CallMetadata {
  readonly httpStatusCode?: number;
  /** By which AWS's support finds a call. */
  readonly requestId?: string | undefined;
  readonly attempts?: number;
  readonly totalRetryDelay?: number;
}

/**
 * A refusal by a service. It has the name, the message, the fault and the fields that the SDK gives it, so that
 * `instanceof` one of the SDK's classes holds as well.
 */
export class AwsError extends Error {
  readonly $fault: "client" | "server";
  readonly $metadata: CallMetadata;
  /** Set where the same call, signed anew, may be taken: the clock was wrong and has been corrected. */
  isClockCorrected = false;

  constructor({ status, headers, text }: HttpAnswer) {
    const { __type, code, message, Message, ...fields } = fieldsIn(text);
    super(String(message ?? Message ?? `status ${status}`));
    Object.assign(this, fields);
    this.name = nameFrom(headers["x-amzn-errortype"] ?? code ?? __type ?? "UnknownError");
    this.$fault = status >= 500 ? "server" : "client";
    this.$metadata = { httpStatusCode: status, requestId: requestIdOf(headers) };
  }
}

export function requestIdOf(headers: HttpAnswer["headers"]): string | undefined {
  const { "x-amzn-requestid": id } = headers;
  return typeof id === "string" ? id : undefined;
}

/** Spelled `com.amazonaws.sqs#QueueDoesNotExist`, or with the address of a document behind a colon. */
function nameFrom(type: unknown): string {
  return String(type).replace(/:.*$/, "").replace(/^.*#/, "");
}

/** What stands before a service may send something else than JSON. */
function fieldsIn(text: string): Record<string, unknown> {
  try {
    const fields: unknown = JSON.parse(text);
    return typeof fields === "object" && fields !== null ? { ...fields } : {};
  } catch {
    return {};
  }
}
