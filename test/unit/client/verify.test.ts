import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { VerificationError } from "../../../client/verification-error.ts";
import { verify } from "../../../client/verify.ts";
import { standardSignature } from "../../../shared/domain/requests/signatures.ts";
import { forgedDeliveries, genuineDeliveries } from "../../system/receivers/forged-deliveries.ts";
import { sampleDelivery } from "../../system/receivers/sample-delivery.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const otherSecret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;

/** The public example of Standard Webhooks. */
const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const timestampSeconds = 1614265330;
const body = '{"test": 2432232314}';
const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const headers = {
  "webhook-id": id,
  "webhook-timestamp": String(timestampSeconds),
  "webhook-signature": signature,
};

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: timestampSeconds * 1000 }));
afterEach(() => void vi.useRealTimers());

test.each([
  ["text and the headers of Node", { body, headers }],
  ["bytes", { body: new TextEncoder().encode(body), headers }],
  [
    "a buffer and the headers of a Request",
    {
      body: new TextEncoder().encode(body).buffer,
      headers: new Headers(headers),
    },
  ],
  [
    "names of headers in another case",
    {
      body,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
      ),
    },
  ],
  [
    "several values of a header",
    { body, headers: { ...headers, "webhook-signature": ["v1,AAAA", signature] } },
  ],
])("gives the payload of the public example, from %s", async (_, received) => {
  expect(await verify(received, { secret })).toEqual({ test: 2432232314 });
});

test("takes a secret without its prefix", async () => {
  const bare = secret.replace("whsec_", "");
  expect(await verify({ body, headers }, { secret: bare })).toEqual({ test: 2432232314 });
});

test.each([
  ["after another's", `v1,${btoa("x".repeat(32))} ${signature}`],
  ["before another's", `${signature} v1,${btoa("x".repeat(32))}`],
  ["among other versions and nonsense", `v1a,abc nonsense v1,*** ${signature}`],
])("takes a signature that stands %s", async (_, value) => {
  const received = { body, headers: { ...headers, "webhook-signature": value } };
  await expect(verify(received, { secret })).resolves.toBeDefined();
});

test.each([
  ["webhook-id", undefined, "webhook-id is missing"],
  ["webhook-id", "msg_other", "no signature matches the secret"],
  ["webhook-timestamp", undefined, "webhook-timestamp is missing"],
  ["webhook-timestamp", "soon", "webhook-timestamp must be in whole seconds"],
  ["webhook-timestamp", `${timestampSeconds}.5`, "webhook-timestamp must be in whole seconds"],
  ["webhook-timestamp", String(timestampSeconds - 301), "the delivery is too old"],
  ["webhook-timestamp", String(timestampSeconds + 301), "the delivery is from the future"],
  ["webhook-signature", undefined, "webhook-signature is missing"],
  ["webhook-signature", "v1,", "no signature matches the secret"],
  ["webhook-signature", signature.replace("v1,", "v2,"), "no signature matches the secret"],
  ["webhook-signature", signature.replace("v1,g", "v1,h"), "no signature matches the secret"],
])("says what is wrong with %s: %s", async (name, value, message) => {
  const received = { body, headers: { ...headers, [name]: value } };
  await expect(verify(received, { secret })).rejects.toThrow(new VerificationError(message));
});

test("takes a delivery at the edges of the tolerance, and no further", async () => {
  const at = (ageSeconds: number, toleranceSeconds?: number) => {
    vi.setSystemTime((timestampSeconds + ageSeconds) * 1000);
    return verify({ body, headers }, { secret, ...(toleranceSeconds && { toleranceSeconds }) });
  };
  await expect(at(300)).resolves.toBeDefined();
  await expect(at(-300)).resolves.toBeDefined();
  await expect(at(61, 60)).rejects.toThrow("the delivery is too old");
  await expect(at(3600, 3600)).resolves.toBeDefined();
});

test.each(["", "whsec_", "whsec_***"])("believes nobody under the secret %j", async (empty) => {
  await expect(verify({ body, headers }, { secret: empty })).rejects.toThrow(TypeError);
});

test("refuses an id that has taken a part of the signed body for the timestamp", async () => {
  const signed = standardSignature({
    secrets: [secret],
    id: "msg_1",
    timestampSeconds: 1,
    body: Buffer.from(`${timestampSeconds}.5`),
  });
  const shifted = { ...headers, "webhook-id": "msg_1.1", "webhook-signature": signed };
  await expect(verify({ body: "5", headers: shifted }, { secret })).rejects.toThrow(
    "webhook-id must not contain a dot",
  );
});

test("leaves the reading of a body to whom it is left to", async () => {
  const payload = { kind: "binary", base64: "/wD+/w==" } as const;
  const received = sampleDelivery({ secrets: [secret], format: "raw", payload });
  const bytes = await verify(received, { secret, parse: (raw) => raw });
  expect(Buffer.from(bytes).toString("base64")).toBe("/wD+/w==");
  await expect(verify(received, { secret })).rejects.toThrow(SyntaxError);
});

test("reads nothing that is not genuine", async () => {
  const parse = vi.fn();
  await expect(verify({ body: "{}", headers }, { secret, parse })).rejects.toThrow();
  expect(parse).not.toHaveBeenCalled();
});

test.each(genuineDeliveries(secret, otherSecret))("accepts a delivery: %s", async (_, received) => {
  vi.useRealTimers();
  expect(await verify(received, { secret })).toMatchObject({ data: { amount: 12 } });
});

test.each(forgedDeliveries(secret, otherSecret))("refuses a delivery: %s", async (_, received) => {
  vi.useRealTimers();
  await expect(verify(received, { secret })).rejects.toThrow(VerificationError);
});

test.each([JSON.parse(body), undefined, null, 7])(
  "asks for the raw body where it is given %j",
  async (parsed) => {
    await expect(verify({ body: parsed, headers }, { secret })).rejects.toThrow(
      /pass the raw body/,
    );
  },
);

/** The reference example of Standard Webhooks' asymmetric signature; its body and headers are those above. */
const publicKey = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
const byPublicKey =
  "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";
const otherKey = `whpk_${Buffer.alloc(32, 1).toString("base64")}`;
const signedFor = (value: string) => ({
  body,
  headers: { ...headers, "webhook-signature": value },
});

test.each([
  ["alone", byPublicKey, publicKey],
  ["beside the secret's", `${signature} ${byPublicKey}`, publicKey],
  ["among nonsense", `v1a,*** v1a,AAAA ${byPublicKey}`, publicKey],
  ["and one of several keys", byPublicKey, [otherKey, publicKey]],
])("gives the payload of the reference example by its public key: %s", async (_, value, keys) => {
  const verified = await verify(signedFor(value), { publicKey: keys });
  expect(verified).toEqual({ test: 2432232314 });
});

test.each([
  ["another key", byPublicKey, otherKey],
  ["the secret's signature", signature, publicKey],
  ["another version", byPublicKey.replace("v1a,", "v1,"), publicKey],
  ["a changed signature", byPublicKey.replace("v1a,h", "v1a,i"), publicKey],
  ["a ninth signature", `${"v1a,AAAA ".repeat(8)}${byPublicKey}`, publicKey],
])("believes nothing by a public key but what it signed: %s", async (_, value, keys) => {
  const received = signedFor(value);
  await expect(verify(received, { publicKey: keys })).rejects.toThrow(
    new VerificationError("no signature matches a public key"),
  );
});

test.each([
  ["", /must be whpk_/],
  ["whpk_", /must be whpk_/],
  [secret, /must be whpk_/],
  [publicKey.replace("whpk_", ""), /must be whpk_/],
  [[], /there is no public key/],
  [[publicKey, "x"], /must be whpk_/],
] as const)("takes no %j for a public key", async (keys, message) => {
  const verified = verify(signedFor(byPublicKey), { publicKey: keys });
  await expect(verified).rejects.toThrow(TypeError);
  await expect(verify(signedFor(byPublicKey), { publicKey: keys })).rejects.toThrow(message);
});

test("takes either a secret or public keys", async () => {
  const both = { secret, publicKey } as unknown as { secret: string };
  await expect(verify(signedFor(byPublicKey), both)).rejects.toThrow("not both");
});
