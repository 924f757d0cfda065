import { createPublicKey, randomBytes, verify } from "node:crypto";
import { expect, test } from "vitest";
import { asymmetricSignature } from "../../../../shared/domain/requests/signatures.ts";
import { presentKeys } from "../../../../shared/domain/webhooks/present-keys.ts";
import {
  mintKeyPair,
  type SigningKeysRecord,
  signingKey,
} from "../../../../shared/domain/webhooks/signing-keys.ts";

/** From the tests of Svix's server, whose authors wrote the specification; it also is the example of the latter. */
const reference = {
  keyPair:
    "6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestampSeconds: 1614265330,
  body: '{"test": 2432232314}',
  signature:
    "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
};

function pairOf(keyPair: string) {
  const bytes = Buffer.from(keyPair, "base64");
  const [privateKey, publicKey] = [bytes.subarray(0, 32), bytes.subarray(32)];
  return { privateKey: privateKey.toString("base64"), publicKey: publicKey.toString("base64") };
}

test("signs the reference example", () => {
  const { id, timestampSeconds, body } = reference;
  const content = { id, timestampSeconds, body: Buffer.from(body) };
  const key = signingKey(pairOf(reference.keyPair));
  expect(asymmetricSignature([key], content)).toBe(reference.signature);
});

test("signs with every key that it is given, in their order, and with none nothing", () => {
  const [one, other] = [mintKeyPair(), mintKeyPair()];
  const content = { id: "msg_1", timestampSeconds: 1, body: randomBytes(100) };
  const [byOne, byOther] = [one, other].map((pair) =>
    asymmetricSignature([signingKey(pair)], content),
  );
  expect(byOne).not.toBe(byOther);
  const both = asymmetricSignature([signingKey(one), signingKey(other)], content);
  expect(both).toBe(`${byOne} ${byOther}`);
  expect(asymmetricSignature([], content)).toBe("");
});

test("every pair is another, and its public key verifies what it signs, bytes that are no text included", () => {
  const pair = mintKeyPair();
  expect(mintKeyPair()).not.toEqual(pair);
  const body = Buffer.from([0xff, 0, 0xfe]);
  const content = { id: "msg_1", timestampSeconds: 1, body };
  const signature = asymmetricSignature([signingKey(pair)], content).slice("v1a,".length);
  const x = Buffer.from(pair.publicKey, "base64").toString("base64url");
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  const signed = Buffer.concat([Buffer.from("msg_1.1."), body]);
  expect(verify(null, signed, publicKey, Buffer.from(signature, "base64"))).toBe(true);
  expect(verify(null, signed.subarray(1), publicKey, Buffer.from(signature, "base64"))).toBe(false);
});

const record: SigningKeysRecord = {
  v: 1,
  cacheName: "orders",
  publicKey: pairOf(reference.keyPair).publicKey,
  sealedPrivateKey: "1.1.sealed",
  createdTimeMs: 0,
};

test("shows a key as RFC 8037 and Standard Webhooks write it, by its thumbprint", () => {
  // The key and the thumbprint of RFC 8037, appendix A.
  const x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  const publicKey = Buffer.from(x, "base64url").toString("base64");
  expect(presentKeys({ ...record, publicKey }, 0)).toEqual({
    keys: [
      {
        ...{ kty: "OKP", crv: "Ed25519", x, use: "sig", alg: "EdDSA" },
        kid: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        whpk: `whpk_${publicKey}`,
      },
    ],
  });
});

test("shows the previous key behind the current one until its grace is over, and no private key ever", () => {
  const previous = mintKeyPair();
  const rotated = {
    ...record,
    previousPublicKey: previous.publicKey,
    sealedPreviousPrivateKey: "1.1.previous",
    previousUntilMs: Date.UTC(2024, 0, 25),
  };
  const during = presentKeys(rotated, Date.UTC(2024, 0, 25) - 1);
  expect(during.keys.map(({ whpk }) => whpk)).toEqual([
    `whpk_${record.publicKey}`,
    `whpk_${previous.publicKey}`,
  ]);
  expect(during.keys[1]?.expiresTime).toBe("2024-01-25T00:00:00Z");
  expect(during.keys[0]).not.toHaveProperty("expiresTime");
  expect(JSON.stringify(during)).not.toContain("sealed");
  expect(JSON.stringify(during)).not.toContain("1.1.");
  expect(presentKeys(rotated, Date.UTC(2024, 0, 25)).keys).toHaveLength(1);
  expect(presentKeys(undefined, 0)).toEqual({ keys: [] });
});
