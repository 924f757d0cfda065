import type { IncomingMessage } from "node:http";
import { AwsError } from "./aws-error.ts";

/** A call as it came over the wire. */
export interface AwsRequest {
  accessKeyId: string;
  action: string;
  input: unknown;
}

// DynamoDB's own limit, the largest of the services here.
const MAX_BODY_BYTES = 16 * 1024 * 1024;

export async function readRequest(request: IncomingMessage): Promise<AwsRequest> {
  const body = await readBody(request);
  const target = request.headers["x-amz-target"];
  const action = typeof target === "string" ? target.slice(target.indexOf(".") + 1) : "";
  if (request.method !== "POST" || action === "") {
    throw new AwsError("UnknownOperationException", "No x-amz-target names an operation");
  }
  return { accessKeyId: accessKeyIdOf(request), action, input: parse(body) };
}

/** The signature is not checked: whoever reaches 127.0.0.1 owns the data. Its key id names the principal. */
function accessKeyIdOf(request: IncomingMessage): string {
  const id = /Credential=([^/,\s]+)\//.exec(request.headers.authorization ?? "")?.[1];
  if (id) return id;
  throw new AwsError(
    "MissingAuthenticationTokenException",
    "Request is missing Authentication Token",
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AwsError("SerializationException", `The body is not JSON: ${String(cause)}`);
  }
}

function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.once("end", () => {
      if (size > MAX_BODY_BYTES) reject(new AwsError("RequestTooLarge", "", { status: 413 }));
      else resolve(Buffer.concat(chunks).toString());
    });
    request.once("error", reject);
  });
}
