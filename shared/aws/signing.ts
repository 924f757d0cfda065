import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import aws4 from "aws4";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** In whose name calls are made, and in which region. */
export interface Access {
  readonly region: string;
  readonly credentials: Credentials;
}

type AccessProvider = () => Access | Promise<Access>;

let provider: AccessProvider = accessFromEnv;

/** For programs that run outside Lambda: where else credentials are looked for. */
export function provideAccess(other: AccessProvider): void {
  provider = other;
}

export function currentAccess(): Access | Promise<Access> {
  return provider();
}

/** Lambda gives a function its region and its credentials in the environment, and nowhere else. */
function accessFromEnv(): Access {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_REGION || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error("the environment holds no AWS_REGION or no AWS credentials");
  }
  return {
    region: AWS_REGION,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    },
  };
}

/** How the endpoints of partitions end, by how the names of their regions begin. */
const domains: Readonly<Record<string, string>> = {
  "cn-": "amazonaws.com.cn",
  "eusc-": "amazonaws.eu",
  "us-iso-": "c2s.ic.gov",
  "us-isob-": "sc2s.sgov.gov",
  "us-isof-": "csp.hci.ic.gov",
  "eu-isoe-": "cloud.adc-e.uk",
};

const urls = new Map<string, URL>();

/** A service's endpoint: the SDK's variables come first, as the local run and VPC endpoints set them. */
export function endpointOf(service: string, region: string): URL {
  const { env } = process;
  const address =
    env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ??
    env.AWS_ENDPOINT_URL ??
    `https://${service}.${region}.${domainOf(region)}`;
  const known = urls.get(address);
  if (known) return known;
  const url = new URL(address);
  urls.set(address, url);
  return url;
}

function domainOf(region: string): string {
  const [, domain] = Object.entries(domains).find(([start]) => region.startsWith(start)) ?? [];
  return domain ?? "amazonaws.com";
}

/** AWS refuses signatures that are five minutes off; the SDK corrects its clock from four minutes on. */
const maxSkewMs = 240_000;

let offsetMs = 0;

/** The time to sign with: this machine's, corrected by what a service has said. */
export function signingTimeMs(): number {
  return Date.now() + offsetMs;
}

/**
 * Sets the clock by the `date` of an answer. Returns whether it was wrong by so much that a call signed anew
 * may be taken. An answer that took that long itself was read after a freeze, and says nothing about the time.
 */
export function correctClock(date: string | undefined, sentTimeMs: number): boolean {
  const nowMs = Date.now();
  const serverTimeMs = Date.parse(date ?? "");
  if (Number.isNaN(serverTimeMs) || nowMs - sentTimeMs >= maxSkewMs) return false;
  if (Math.abs(serverTimeMs - nowMs - offsetMs) < maxSkewMs) return false;
  offsetMs = serverTimeMs - nowMs;
  return true;
}

/** One call before it is signed; every call is a POST to `/`. */
export interface UnsignedCall {
  readonly service: string;
  readonly host: string;
  readonly contentType: string;
  /** The value of `x-amz-target`. */
  readonly target: string;
  readonly body: string;
}

/** Signs by a key object that is made once a day: of bytes, Node makes one for each call, in ten times as long. */
class Signer extends aws4.RequestSigner {
  override signature(): string {
    const { service, region, credentials } = this;
    const key = keyFor(credentials.secretAccessKey ?? "", this.getDate(), region, service);
    return createHmac("sha256", key).update(this.stringToSign()).digest("hex");
  }
}

/** The latest key of each service. */
const keys = new Map<string, { readonly madeOf: string; readonly key: KeyObject }>();

function keyFor(secret: string, date: string, region: string, service: string): KeyObject {
  const madeOf = `${date}/${region}/${secret}`;
  const known = keys.get(service);
  if (known?.madeOf === madeOf) return known.key;
  const bytes = [date, region, service, "aws4_request"].reduce<Buffer>(
    (key, part) => createHmac("sha256", key).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  const key = createSecretKey(bytes);
  keys.set(service, { madeOf, key });
  return key;
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
  const signer = new Signer(
    { ...request, doNotModifyHeaders: true },
    { accessKeyId, secretAccessKey },
  );
  signer.datetime = date;
  return { ...headers, authorization: signer.authHeader() };
}
