import type { IncomingMessage } from "node:http";
import { AwsError } from "./aws-error.ts";
import type { Asked, Protocol } from "./protocol.ts";
import type { SecretOf } from "./secrets.ts";
import { assertSignature, readClaim } from "./signature.ts";

/** A call as it came over the wire, from the principal who has signed it. */
export interface AwsRequest extends Asked {
  accessKeyId: string;
}

// DynamoDB's own limit, the largest of the services here.
const maxBodyBytes = 16 * 1024 * 1024;

export async function readRequest(
  service: string,
  protocol: Protocol,
  request: IncomingMessage,
  secretOf: SecretOf,
): Promise<AwsRequest> {
  const { headers } = request;
  const claim = readClaim(service, headers, Date.now());
  const body = await readBody(request);
  assertSignature(service, claim, headers, body, secretOf);
  if (request.method !== "POST" || request.url !== "/") {
    throw new AwsError("UnknownOperationException", "An operation is a POST to /");
  }
  return { accessKeyId: claim.accessKeyId, ...protocol.read(headers, body.toString()) };
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
