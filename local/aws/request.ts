import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { AwsError } from "./aws-error.ts";
import type { Asked, Protocol } from "./protocol.ts";
import type { SecretOf } from "./secrets.ts";
import { assertSignature, readClaim } from "./signature.ts";

/** What came from a caller, by a connection or by a port. */
export interface Incoming {
  method: string | undefined;
  /** The path. */
  url: string | undefined;
  /** As they came, names and values in turn. */
  rawHeaders: readonly string[];
  /** By their names in lower case. */
  headers: IncomingHttpHeaders;
  /** Reads it once the rest was found good. */
  body: () => Promise<Buffer> | string;
}

/** A call as it came over the wire, from the principal who has signed it. */
export interface AwsRequest extends Asked {
  accessKeyId: string;
}

// DynamoDB's own limit, the largest of the services here.
const maxBodyBytes = 16 * 1024 * 1024;

export async function readRequest(
  service: string,
  protocol: Protocol,
  incoming: Incoming,
  secretOf: SecretOf,
): Promise<AwsRequest> {
  const { headers, method, url } = incoming;
  const claim = readClaim(service, headers, Date.now());
  const body = await incoming.body();
  if (typeof body === "string" && Buffer.byteLength(body) > maxBodyBytes) throw tooLarge();
  assertSignature(service, claim, headers, body, secretOf);
  if (method !== "POST" || url !== "/") {
    throw new AwsError("UnknownOperationException", "An operation is a POST to /");
  }
  return { accessKeyId: claim.accessKeyId, ...protocol.read(headers, body.toString()) };
}

export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
    });
    request.once("end", () => {
      if (size > maxBodyBytes) reject(tooLarge());
      else resolve(Buffer.concat(chunks));
    });
    request.once("error", reject);
  });
}

function tooLarge(): AwsError {
  return new AwsError("RequestTooLarge", "", { status: 413 });
}
