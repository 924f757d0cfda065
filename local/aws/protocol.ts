import type { IncomingHttpHeaders } from "node:http";
import { AwsError } from "./aws-error.ts";

/** An operation and what it is asked, as a body says it. */
export interface Asked {
  action: string;
  input: unknown;
}

export interface Encoded {
  contentType: string;
  body: string;
  headers?: Record<string, string>;
}

/** How a service words calls, answers and refusals. */
export interface Protocol {
  read: (headers: IncomingHttpHeaders, body: string) => Asked;
  output: (output: object, call: { action: string; requestId: string }) => Encoded;
  error: (error: AwsError, call: { service: string; requestId: string }) => Encoded;
}

/** Of the services here only SNS still speaks the older one, whose operation is in the body. */
export function usesQueryProtocol(service: string): boolean {
  return service === "sns";
}

/** AWS's JSON protocol: the operation is a header. */
export const jsonProtocol: Protocol = {
  read: ({ "x-amz-target": target }, body) => {
    const action = typeof target === "string" ? target.slice(target.indexOf(".") + 1) : "";
    if (action === "") {
      throw new AwsError("UnknownOperationException", "No x-amz-target names an operation");
    }
    return { action, input: parse(body) };
  },
  output: (output) => ({ contentType: jsonType, body: JSON.stringify(output) }),
  error: ({ code, message, members, queryCode }, { service }) => ({
    contentType: jsonType,
    body: JSON.stringify({ __type: `com.amazonaws.${service}#${code}`, message, ...members }),
    ...(queryCode && { headers: { "x-amzn-query-error": `${queryCode};Sender` } }),
  }),
};

const jsonType = "application/x-amz-json-1.0";

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AwsError("SerializationException", `The body is not JSON: ${String(cause)}`);
  }
}
