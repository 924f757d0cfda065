import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
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
  const { service, headers } = call;
  const { accessKeyId } = credentials;
  const signedHeaders = Object.keys(headers).toSorted();
  const date = headers["x-amz-date"] ?? "";
  const signature = signatureOf(call, { signedHeaders, date }, credentials);
  const scope = scopeOf(service, date);
  return (
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, ` +
    `SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`
  );
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
  claim: Claim,
  headers: IncomingHttpHeaders,
  body: Buffer | string,
  secretOf: SecretOf,
): void {
  const { accessKeyId } = claim;
  const bodyHash = hash("sha256", body);
  const digest = headers["x-amz-content-sha256"];
  const credentials = { accessKeyId, secretAccessKey: secretOf(accessKeyId) };
  const expected = signatureOf({ service, headers, body, bodyHash }, claim, credentials);
  const isSigned = timingSafeEqual(Buffer.from(expected), Buffer.from(claim.signature));
  // What was signed of the body is what this header says.
  if (!isSigned || (digest !== undefined && digest !== bodyHash)) {
    throw mismatch(
      service,
      "The request signature we calculated does not match the signature you provided",
    );
  }
}

/** Signature Version 4 of a POST to `/`. */
function signatureOf(
  call: {
    service: string;
    headers: IncomingHttpHeaders;
    body: Buffer | string;
    bodyHash?: string;
  },
  { signedHeaders, date }: Pick<Claim, "signedHeaders" | "date">,
  { secretAccessKey }: Credentials,
): string {
  const { service, headers, body, bodyHash = hash("sha256", body) } = call;
  const lines = signedHeaders.map((name) => `${name}:${canonicalValue(headers[name])}\n`);
  const canonical = `POST\n/\n\n${lines.join("")}\n${signedHeaders.join(";")}\n${bodyHash}`;
  const scope = scopeOf(service, date);
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash("sha256", canonical)}`;
  return createHmac("sha256", signingKey(secretAccessKey, scope)).update(toSign).digest("hex");
}

function scopeOf(service: string, date: string): string {
  return `${date.slice(0, 8)}/${localRegion}/${service}/aws4_request`;
}

function canonicalValue(value: string | string[] = ""): string {
  return String(value).trim().replaceAll(/\s+/g, " ");
}

/** By secret and scope. A key object, since Node makes one of a key in bytes each time, which takes longer than all the rest. */
const signingKeys = new Map<string, KeyObject>();
const maxSigningKeys = 1_000;

function signingKey(secretAccessKey: string, scope: string): KeyObject {
  const name = `${secretAccessKey} ${scope}`;
  const known = signingKeys.get(name);
  if (known) return known;
  const key = scope
    .split("/")
    .reduce<string | Buffer>(
      (key, part) => createHmac("sha256", key).update(part).digest(),
      `AWS4${secretAccessKey}`,
    );
  // Days pass, and whoever calls may claim to be anybody.
  if (signingKeys.size >= maxSigningKeys) signingKeys.clear();
  const made = createSecretKey(Buffer.from(key));
  signingKeys.set(name, made);
  return made;
}

let lastDate = { text: "", ms: Number.NaN };

/** Many calls come in one second. */
function timeOf(date: string): number {
  if (date !== lastDate.text) {
    lastDate = { text: date, ms: Date.parse(date.replace(dateForm, "$1-$2-$3T$4:$5:$6Z")) };
  }
  return lastDate.ms;
}

function mismatch(service: string, message: string): AwsError {
  return denied(service, "InvalidSignature", message);
}

function denied(service: string, code: string, message: string): AwsError {
  const status = denialStatus(service);
  return new AwsError(`${code}Exception`, message, { status, queryCode: code });
}
