import aws4 from "aws4";
import type { Access } from "./access.ts";

/** One call before it is signed; every call is a POST to `/`. */
export interface UnsignedCall {
  readonly service: string;
  readonly host: string;
  readonly contentType: string;
  /** The value of `x-amz-target`. */
  readonly target: string;
  readonly body: string;
}

/** The headers of a call, signed (Signature Version 4) for this moment. */
export function signedHeaders(
  { service, host, contentType, target, body }: UnsignedCall,
  { region, credentials }: Access,
  timeMs: number,
): Record<string, string> {
  const date = new Date(timeMs).toISOString().replace(/[-:]|\.\d+/g, "");
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const headers = {
    "content-type": contentType,
    host,
    "x-amz-date": date,
    "x-amz-target": target,
    ...(sessionToken && { "x-amz-security-token": sessionToken }),
  };
  const request = { method: "POST", path: "/", service, region, headers, body };
  const signer = new aws4.RequestSigner(
    { ...request, doNotModifyHeaders: true },
    { accessKeyId, secretAccessKey },
  );
  signer.datetime = date;
  return { ...headers, authorization: signer.authHeader() };
}
