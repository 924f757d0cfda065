import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { ErrorDetail } from "../../contract/errors.ts";
import type { ClientCertificate } from "../../contract/values/client-certificate.ts";
import { isoTime } from "../../contract/values/time.ts";
import { type AppError, invalidArgument } from "../app-error.ts";
import { mask } from "./masking.ts";
import { type SecretChange, type SentSetting, secretChange } from "./secret-change.ts";
import type { StoredCertificate, WebhookRecord } from "./webhook-record.ts";

const field = "config.clientCertificate";

type Problem = (name: keyof ClientCertificate, message: string) => ErrorDetail;
const problem: Problem = (name, message) => ({ path: `${field}.${name}`, message });

/** What is wrong with a certificate that was sent, as far as the webhook's stored one need not be known. */
export function certificateProblems(sent: ClientCertificate, nowMs: number): ErrorDetail[] {
  const { certificatePem, privateKeyPem, caPem } = sent;
  const own = readChain(certificatePem);
  const authorities = caPem === undefined ? [] : readChain(caPem);
  const isHidden = privateKeyPem === mask;
  const key = isHidden ? undefined : readKey(privateKeyPem);
  const problems = [
    ...(typeof own === "string" ? [problem("certificatePem", own)] : []),
    ...(typeof key === "string" ? [problem("privateKeyPem", key)] : []),
    ...(typeof authorities === "string" ? [problem("caPem", authorities)] : []),
  ];
  if (!isHidden) {
    if (typeof own !== "string") problems.push(...invalidAt(nowMs, "certificatePem", own));
    if (typeof authorities !== "string") problems.push(...invalidAt(nowMs, "caPem", authorities));
  }
  if (typeof own === "string" || typeof key !== "object") return problems;
  return [...problems, ...mismatch(own, key)];
}

const blocks = /-----BEGIN (?:X509 )?CERTIFICATE-----[^-]+-----END (?:X509 )?CERTIFICATE-----/g;

/** Far more than any chain has; a list of authorities may be as long as this. */
const maxCertificates = 32;

/** The certificates of a text in PEM, or why there are none to read. What stands around them is no part of them. */
function readChain(pem: string): X509Certificate[] | string {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(pem)) {
    return "holds a private key, which only privateKeyPem may hold";
  }
  const found = pem.match(blocks) ?? [];
  if (found.length === 0) return "holds no certificate in PEM";
  if (found.length > maxCertificates) return `holds more than ${maxCertificates} certificates`;
  const read = found.map(readCertificate);
  const bad = read.indexOf(undefined);
  if (bad >= 0) return `certificate ${bad + 1} cannot be read`;
  return read.filter((certificate) => certificate !== undefined);
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** A signature with twice the bits takes six times as long, and everybody's deliveries wait for each. */
const maxRsaBits = 4_096;

function readKey(pem: string): KeyObject | string {
  if (!/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(pem)) return "holds no private key in PEM";
  if (/-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(pem)) {
    return "is encrypted; send it without a passphrase";
  }
  try {
    const key = createPrivateKey(pem);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return bits > maxRsaBits ? `must have at most ${maxRsaBits} bits` : key;
  } catch {
    return "cannot be read";
  }
}

/** A certificate that was issued a moment ago may come from a clock that is ahead of ours. */
const maxClockDifferenceMs = 5 * 60_000;

/** Names the first certificate of a chain that receivers would refuse at this time. */
function invalidAt(
  nowMs: number,
  name: keyof ClientCertificate,
  chain: readonly X509Certificate[],
): ErrorDetail[] {
  const reasons = chain.map((certificate) => invalidity(certificate, nowMs));
  const bad = reasons.findIndex((reason) => reason !== undefined);
  const reason = reasons[bad];
  if (!reason) return [];
  return [problem(name, chain.length > 1 ? `certificate ${bad + 1} ${reason}` : reason)];
}

function invalidity(certificate: X509Certificate, nowMs: number): string | undefined {
  const expiryMs = expiryOf(certificate);
  if (expiryMs <= nowMs) return `expired at ${isoTime(expiryMs)}`;
  const startMs = certificate.validFromDate.getTime();
  if (startMs > nowMs + maxClockDifferenceMs) return `is not valid until ${isoTime(startMs)}`;
  return undefined;
}

function expiryOf({ validToDate }: X509Certificate): number {
  return validToDate.getTime();
}

function mismatch(chain: readonly X509Certificate[], key: KeyObject): ErrorDetail[] {
  const index = chain.findIndex((certificate) => certificate.checkPrivateKey(key));
  if (index === 0) return [];
  if (index < 0) {
    return [problem("privateKeyPem", "is not the key of the certificate in certificatePem")];
  }
  const message = `must begin with the certificate of the private key, which is certificate ${index + 1}`;
  return [problem("certificatePem", message)];
}

/** What a request makes of a webhook's certificate. One that is renewed may keep its hidden key. */
export function certificateFrom(
  sent: ClientCertificate | null | undefined,
  previous: Pick<WebhookRecord, "clientCertificate"> | undefined,
  newId: () => string,
  nowMs: number,
): SecretChange<StoredCertificate> | undefined {
  return secretChange(
    sent,
    previous?.clientCertificate,
    (certificate) => partsOf(certificate, newId()),
    (before, next) => assertRenewed(before, next, nowMs),
  );
}

function partsOf(
  { certificatePem, privateKeyPem, caPem }: ClientCertificate,
  id: string,
): SentSetting<StoredCertificate> {
  const chain = chainIn(certificatePem, "certificatePem");
  const setting = {
    id,
    certificatePem: written(chain),
    ...(caPem !== undefined && { caPem: written(chainIn(caPem, "caPem")) }),
    expiryTimeMs: Math.min(...chain.map(expiryOf)),
  };
  return { setting, secret: privateKeyPem, path: `${field}.privateKeyPem` };
}

/** What is sent back as it was shown may have expired meanwhile, where another setting is changed. */
function assertRenewed(before: StoredCertificate, next: StoredCertificate, nowMs: number): void {
  if (before.certificatePem !== next.certificatePem) {
    const chain = chainIn(next.certificatePem, "certificatePem");
    if (keyIn(chain) !== keyIn(chainIn(before.certificatePem, "certificatePem"))) {
      throw refused("privateKeyPem", "must be sent, since the certificate has another key");
    }
    assertValid("certificatePem", chain, nowMs);
  }
  if (next.caPem !== undefined && before.caPem !== next.caPem) {
    assertValid("caPem", chainIn(next.caPem, "caPem"), nowMs);
  }
}

function assertValid(
  name: keyof ClientCertificate,
  chain: readonly X509Certificate[],
  nowMs: number,
): void {
  const [bad] = invalidAt(nowMs, name, chain);
  if (bad) throw refused(name, bad.message);
}

function keyIn([own]: readonly X509Certificate[]): string | undefined {
  return own?.publicKey.export({ type: "spki", format: "der" }).toString("base64");
}

function chainIn(pem: string, name: keyof ClientCertificate): X509Certificate[] {
  const chain = readChain(pem);
  if (typeof chain === "string") throw refused(name, chain);
  return chain;
}

/** The certificates alone, one after the other. */
function written(chain: readonly X509Certificate[]): string {
  return chain.map((certificate) => certificate.toString()).join("");
}

function refused(name: keyof ClientCertificate, message: string): AppError {
  return invalidArgument(`${field}.${name}`, message);
}
