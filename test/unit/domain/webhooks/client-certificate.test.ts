import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import {
  certificateFrom,
  certificateProblems,
} from "../../../../shared/domain/webhooks/client-certificate.ts";
import { type Issued, issue } from "../../../support/network/certificates.ts";

const nowMs = Date.now();
const dayMs = 86_400_000;
const authority = issue("clients", { isAuthority: true });
const own = issue("own", { issuer: authority });
const other = issue("other", { issuer: authority });
const expiredMs = Math.floor((nowMs - dayMs) / 1000) * 1000;
const times = { fromMs: expiredMs - dayMs, untilMs: expiredMs };
const expired = issue("expired", { issuer: authority, ...times });
const expiredAt = `expired at ${new Date(expiredMs).toISOString().replace(".000", "")}`;
const minuteMs = 60_000;
const startMs = Math.ceil((nowMs + 6 * minuteMs) / 1000) * 1000;
const future = issue("future", { issuer: authority, fromMs: startMs });
const notUntil = `is not valid until ${new Date(startMs).toISOString().replace(".000", "")}`;
const hidden = "•••";

const sent = ({ cert, key }: Issued, changes: object = {}) => ({
  ...{ certificatePem: cert, privateKeyPem: key },
  ...changes,
});
const rsa = (modulusLength: number) => {
  const keys = generateKeyPairSync("rsa", { modulusLength });
  return sent(issue(`rsa ${modulusLength}`, { issuer: authority, keys }));
};
const encrypted = own.keys.privateKey
  .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
  .toString();
const garbled = own.cert.replace(/\n[^\n]{20}/, `\n${"A".repeat(20)}`);

const field = (name: string, message: string) => ({
  path: `config.clientCertificate.${name}`,
  message,
});

test.each([
  ["alone", sent(own)],
  [
    "with its chain and authorities",
    sent(own, { certificatePem: own.cert + authority.cert, caPem: authority.cert }),
  ],
  [
    "with texts around it",
    sent(own, { certificatePem: `subject=own\n\n${own.cert}\nissuer=x\n${authority.cert}` }),
  ],
  ["with an RSA key", rsa(2_048)],
  ["with a hidden key", sent(own, { privateKeyPem: hidden })],
  [
    "of a clock that is five minutes ahead",
    sent(issue("ahead", { issuer: authority, fromMs: nowMs + 5 * minuteMs })),
  ],
])("takes a certificate %s", (_, certificate) => {
  expect(certificateProblems(certificate, nowMs)).toEqual([]);
});

test.each([
  [
    "no certificate",
    { certificatePem: "text" },
    [field("certificatePem", "holds no certificate in PEM")],
  ],
  [
    "one that cannot be read",
    { certificatePem: garbled },
    [field("certificatePem", "certificate 1 cannot be read")],
  ],
  [
    "a bad one behind it",
    { certificatePem: own.cert + garbled },
    [field("certificatePem", "certificate 2 cannot be read")],
  ],
  [
    "too many",
    { certificatePem: own.cert.repeat(33) },
    [field("certificatePem", "holds more than 32 certificates")],
  ],
  [
    "a key beside it",
    { certificatePem: own.cert + own.key },
    [field("certificatePem", "holds a private key, which only privateKeyPem may hold")],
  ],
  [
    "a key among the authorities",
    { caPem: own.key },
    [field("caPem", "holds a private key, which only privateKeyPem may hold")],
  ],
  ["no authority", { caPem: "x" }, [field("caPem", "holds no certificate in PEM")]],
  ["an authority that has expired", { caPem: expired.cert }, [field("caPem", expiredAt)]],
  ["no key", { privateKeyPem: own.cert }, [field("privateKeyPem", "holds no private key in PEM")]],
  [
    "a key that cannot be read",
    { privateKeyPem: own.key.replace(/\n.{20}/, "\nAAAA") },
    [field("privateKeyPem", "cannot be read")],
  ],
  [
    "an encrypted key",
    { privateKeyPem: encrypted },
    [field("privateKeyPem", "is encrypted; send it without a passphrase")],
  ],
  [
    "another key",
    { privateKeyPem: other.key },
    [field("privateKeyPem", "is not the key of the certificate in certificatePem")],
  ],
  [
    "a chain that begins with its authority",
    { certificatePem: authority.cert + own.cert },
    [
      field(
        "certificatePem",
        "must begin with the certificate of the private key, which is certificate 2",
      ),
    ],
  ],
  ["an expired certificate", sent(expired), [field("certificatePem", expiredAt)]],
  [
    "an expired certificate in its chain",
    { certificatePem: own.cert + expired.cert },
    [field("certificatePem", `certificate 2 ${expiredAt}`)],
  ],
  ["a certificate that is not valid yet", sent(future), [field("certificatePem", notUntil)]],
  [
    "one that is not valid yet in its chain",
    { certificatePem: own.cert + future.cert },
    [field("certificatePem", `certificate 2 ${notUntil}`)],
  ],
  ["an authority that is not valid yet", { caPem: future.cert }, [field("caPem", notUntil)]],
  [
    "an RSA key that is too long",
    rsa(4_104),
    [field("privateKeyPem", "must have at most 4096 bits")],
  ],
])("refuses %s", (_, changes, problems) => {
  expect(certificateProblems(sent(own, changes), nowMs)).toEqual(problems);
});

test("names every bad field at once", () => {
  const all = { certificatePem: "a", privateKeyPem: "b", caPem: "c" };
  expect(certificateProblems(all, nowMs).map(({ path }) => path)).toEqual([
    "config.clientCertificate.certificatePem",
    "config.clientCertificate.privateKeyPem",
    "config.clientCertificate.caPem",
  ]);
});

const newId = () => "id";
const stored = certificateFrom(sent(own), undefined, newId, nowMs)?.setting;
const previous = { clientCertificate: stored && { ...stored, id: "before" } };

test("keeps the certificates alone, and the first expiry among them", () => {
  const soonMs = Math.floor((nowMs + dayMs) / 1000) * 1000;
  const soon = issue("soon", { isAuthority: true, untilMs: soonMs });
  const certificatePem = `subject=own\n${own.cert}and\n${soon.cert}`;
  expect(certificateFrom(sent(own, { certificatePem }), undefined, newId, nowMs)).toEqual({
    setting: { id: "id", certificatePem: own.cert + soon.cert, expiryTimeMs: soonMs },
    secret: own.key,
  });
});

test("says nothing of what is not sent, and removes by null", () => {
  expect(certificateFrom(undefined, previous, newId, nowMs)).toBeUndefined();
  expect(certificateFrom(null, previous, newId, nowMs)).toEqual({});
});

test("keeps the stored key and the identity of what is sent back as it was shown", () => {
  const shown = sent(own, { privateKeyPem: hidden });
  const kept = { setting: previous.clientCertificate, secret: undefined };
  expect(certificateFrom(shown, previous, newId, nowMs)).toEqual(kept);
  const long = nowMs + 400 * dayMs; // it has expired meanwhile, and another setting is changed
  expect(certificateFrom(shown, previous, newId, long)).toEqual(kept);
});

test("keeps what is stored though it is not valid yet, and takes it back as it was shown", () => {
  const early = sent(future, { caPem: future.cert });
  const made = certificateFrom(early, undefined, newId, nowMs)?.setting;
  const before = { clientCertificate: made && { ...made, id: "before" } };
  const shown = { ...early, privateKeyPem: hidden };
  expect(certificateProblems(shown, nowMs)).toEqual([]);
  const kept = { setting: before.clientCertificate, secret: undefined };
  expect(certificateFrom(shown, before, newId, nowMs)).toEqual(kept);
});

test("keeps the stored key for a renewed certificate, or another authority, under another identity", () => {
  const renewed = issue("own", { issuer: authority, keys: own.keys });
  for (const changes of [{ certificatePem: renewed.cert }, { caPem: authority.cert }]) {
    const asked = sent(own, { privateKeyPem: hidden, ...changes });
    const change = certificateFrom(asked, previous, newId, nowMs);
    expect(change?.secret).toBeUndefined();
    expect(change?.setting).toMatchObject({ id: "id", ...changes });
  }
});

test.each([
  [
    "there is none",
    undefined,
    sent(own),
    `privateKeyPem is ${hidden}, and there is no stored one to keep`,
  ],
  [
    "it is another one's",
    previous,
    sent(other),
    "privateKeyPem must be sent, since the certificate has another key",
  ],
  [
    "the renewed one has expired",
    previous,
    sent(issue("own", { issuer: authority, keys: own.keys, ...times })),
    `certificatePem ${expiredAt}`,
  ],
  [
    "the renewed one is not valid yet",
    previous,
    sent(issue("own", { issuer: authority, keys: own.keys, fromMs: startMs })),
    `certificatePem ${notUntil}`,
  ],
  [
    "a new authority has expired",
    previous,
    sent(own, { caPem: expired.cert }),
    `caPem ${expiredAt}`,
  ],
])("does not keep the stored key where %s", (_, before, certificate, said) => {
  const asked = { ...certificate, privateKeyPem: hidden };
  expect(() => certificateFrom(asked, before, newId, nowMs)).toThrow(
    `config.clientCertificate.${said}`,
  );
});
