import { hash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import aws4 from "aws4";
import { localRegion } from "./arn.ts";
import { AwsError, denialStatus } from "./aws-error.ts";
import { usesQueryProtocol } from "./protocol.ts";
import type { Credentials, SecretOf } from "./secrets.ts";

/** What is signed of a call; every call is a POST to `/`. */
export interface Signable {
  service: string;
  /** By their names in lower case. */
  headers: Record<string, string>;
  body: string | Buffer;
}

/** What a call says of its signature, before that is checked. */
export interface Claim {
  accessKeyId: string;
  signedHeaders: string[];
  /** As in `x-amz-date`. */
  date: string;
  signature: string;
}

const authorizationForm =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request, *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})$/;
const dateForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

// As much as AWS lets clocks differ, and as long as a call that somebody has recorded can be made again.
const maxSkewMs = 5 * 60_000;

/** The `authorization` of a call in the name of a principal. */
export function authorizationOf(call: Signable, credentials: Credentials): string {
  return signerOf(call, call.headers["x-amz-date"] ?? "", credentials).authHeader();
}

/** Reads the signature's terms and refuses those that no signature could make good. */
export function readClaim(service: string, headers: IncomingHttpHeaders, nowMs: number): Claim {
  const { authorization, "x-amz-date": date = "" } = headers;
  if (authorization === undefined) {
    throw denied(service, "MissingAuthenticationToken", "Request is missing Authentication Token");
  }
  const [, accessKeyId = "", day, region, scopedTo, names = "", signature = ""] =
    authorizationForm.exec(authorization) ?? [];
  const signedHeaders = names.split(";");
  const always = ["host", "x-amz-date", ...(usesQueryProtocol(service) ? [] : ["x-amz-target"])];
  const mustBeSigned = [...always, ...Object.keys(headers)].filter(
    (name) => name === "host" || name.startsWith("x-amz-"),
  );
  if (signature === "" || !mustBeSigned.every((name) => signedHeaders.includes(name))) {
    throw denied(
      service,
      "IncompleteSignature",
      "Authorization must be Signature Version 4 over host and every x-amz- header",
    );
  }
  if (region !== localRegion || scopedTo !== service || day !== String(date).slice(0, 8)) {
    throw mismatch(
      service,
      `Credential must be scoped to ${localRegion}, ${service} and the day of x-amz-date`,
    );
  }
  if (!(Math.abs(timeOf(String(date)) - nowMs) <= maxSkewMs)) {
    throw mismatch(service, `Signature expired or not yet current: x-amz-date is ${date}`);
  }
  return { accessKeyId, signedHeaders, date: String(date), signature };
}

/** Computes the signature that the call must have, and refuses it with any other. */
export function assertSignature(
  service: string,
  { accessKeyId, signedHeaders, date, signature }: Claim,
  headers: IncomingHttpHeaders,
  body: Buffer | string,
  secretOf: SecretOf,
): void {
  const signed = signedHeaders.map((name) => [name, String(headers[name] ?? "")] as const);
  const digest = headers["x-amz-content-sha256"];
  const call = { service, headers: Object.fromEntries(signed), body };
  const signer = signerOf(call, date, { accessKeyId, secretAccessKey: secretOf(accessKeyId) });
  const isSigned = timingSafeEqual(Buffer.from(signer.signature()), Buffer.from(signature));
  // The signer takes the word of this header for the body.
  if (!isSigned || (digest !== undefined && digest !== hash("sha256", body))) {
    throw mismatch(
      service,
      "The request signature we calculated does not match the signature you provided",
    );
  }
}

function signerOf({ service, headers, body }: Signable, date: string, credentials: Credentials) {
  const request = { method: "POST", path: "/", region: localRegion, doNotModifyHeaders: true };
  const signer = new aws4.RequestSigner({ ...request, service, headers, body }, credentials);
  signer.datetime = date;
  return signer;
}

function timeOf(date: string): number {
  return Date.parse(date.replace(dateForm, "$1-$2-$3T$4:$5:$6Z"));
}

function mismatch(service: string, message: string): AwsError {
  return denied(service, "InvalidSignature", message);
}

function denied(service: string, code: string, message: string): AwsError {
  const status = denialStatus(service);
  return new AwsError(`${code}Exception`, message, { status, queryCode: code });
}
