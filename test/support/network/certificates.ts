import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate and its key, both in PEM, and what is needed to issue others with it. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
  readonly name: string;
  readonly keys: KeyPair;
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

interface Wanted {
  /** Default: it signs itself. */
  readonly issuer?: Issued;
  readonly isAuthority?: boolean;
  /** The addresses and names that it is for. */
  readonly addresses?: readonly string[];
  readonly dnsNames?: readonly string[];
  /** Default: a day ago, and in a year. */
  readonly fromMs?: number;
  readonly untilMs?: number;
  readonly keys?: KeyPair;
}

const dayMs = 86_400_000;
let serial = 1;

export function newKeys(): KeyPair {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

/** Issues an X.509 certificate (RFC 5280) of any times, which OpenSSL's command line does not do in all its versions. */
export function issue(name: string, wanted: Wanted = {}): Issued {
  const { fromMs = Date.now() - dayMs, untilMs = Date.now() + 365 * dayMs } = wanted;
  const { issuer, keys = newKeys(), addresses = [], dnsNames = [] } = wanted;
  const names = [
    ...dnsNames.map((dns) => tlv(0x82, Buffer.from(dns))),
    ...addresses.map((address) => tlv(0x87, Buffer.from(address.split(".").map(Number)))),
  ];
  const extensions = [
    extension("551d13", wanted.isAuthority ? sequence(tlv(0x01, Buffer.of(0xff))) : sequence()),
    ...(names.length > 0 ? [extension("551d11", sequence(...names))] : []),
  ];
  serial += 1;
  const toBeSigned = sequence(
    tlv(0xa0, tlv(0x02, Buffer.of(2))), // version 3
    tlv(0x02, Buffer.of(0x01, serial >> 8, serial & 0xff)),
    ecdsaWithSha256,
    distinguished(issuer?.name ?? name),
    sequence(time(fromMs), time(untilMs)),
    distinguished(name),
    keys.publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(...extensions)),
  );
  const signature = sign("sha256", toBeSigned, (issuer?.keys ?? keys).privateKey);
  const bits = tlv(0x03, Buffer.concat([Buffer.of(0), signature]));
  return {
    cert: pem("CERTIFICATE", sequence(toBeSigned, ecdsaWithSha256, bits)),
    key: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    name,
    keys,
  };
}

/** An element of DER: its tag, its length, and what it holds. */
function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const head = length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tlv(0x30, ...parts);
}

function oid(hex: string): Buffer {
  return tlv(0x06, Buffer.from(hex, "hex"));
}

const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));

/** With a common name alone. */
function distinguished(name: string): Buffer {
  return sequence(tlv(0x31, sequence(oid("550403"), tlv(0x0c, Buffer.from(name)))));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tlv(0x04, value));
}

/** To the second, with a year of four digits. */
function time(timeMs: number): Buffer {
  const digits = new Date(timeMs).toISOString().replace(/\..*|\D/g, "");
  return tlv(0x18, Buffer.from(`${digits.slice(0, 14)}Z`));
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
