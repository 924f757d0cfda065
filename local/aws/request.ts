import type { IncomingMessage } from "node:http";
import { AwsError } from "./aws-error.ts";
import type { SecretOf } from "./secrets.ts";
import { assertSignature, readClaim } from "./signature.ts";

/** A call as it came over the wire, from the principal who has signed it. */
export interface AwsRequest {
  accessKeyId: string;
  action: string;
  input: unknown;
}

// DynamoDB's own limit, the largest of the services here.
const maxBodyBytes = 16 * 1024 * 1024;

export async function readRequest(
  service: string,
  request: IncomingMessage,
  secretOf: SecretOf,
): Promise<AwsRequest> {
  const { headers } = request;
  const claim = readClaim(service, headers, Date.now());
  const body = await readBody(request);
  assertSignature(service, claim, headers, body, secretOf);
  const target = headers["x-amz-target"];
  const action = typeof target === "string" ? target.slice(target.indexOf(".") + 1) : "";
  if (request.method !== "POST" || request.url !== "/" || action === "") {
    throw new AwsError("UnknownOperationException", "No x-amz-target names an operation");
  }
  return { accessKeyId: claim.accessKeyId, action, input: parse(body.toString()) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AwsError("SerializationException", `The body is not JSON: ${String(cause)}`);
  }
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
    });
    request.once("end", () => {
      if (size > maxBodyBytes) reject(new AwsError("RequestTooLarge", "", { status: 413 }));
      else resolve(Buffer.concat(chunks));
    });
    request.once("error", reject);
  });
}
