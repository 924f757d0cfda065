import { expect, test } from "vitest";
import { Secret, sealedFor } from "../../../../shared/domain/webhooks/sealed.ts";
import { credentialChanges } from "../../../../shared/store/webhooks/seal-credentials.ts";
import { issue } from "../../../support/network/certificates.ts";
import { webhookId, webhookWith } from "../../samples.ts";

const own = issue("own");
const sent = { certificatePem: own.cert, privateKeyPem: own.key };

/** Seals so that the text can be told from one that is not, and says for whom. */
const deps = {
  vault: {
    sealText: async (owner: string, purpose: "secret", text: string) =>
      `${sealedFor(owner, purpose)} ${Buffer.from(text).toString("hex")}`,
  },
  now: Date.now,
};

test("seals the private key for its webhook, and leaves no part of it in the clear", async () => {
  const changes = await credentialChanges(webhookId, { clientCertificate: sent }, undefined, deps);
  const sealed = Buffer.from(own.key).toString("hex");
  expect(changes.sealedClientKey).toBe(`${webhookId}/client-key ${sealed}`);
  const [, line = ""] = own.key.split("\n");
  expect(JSON.stringify(changes)).not.toContain(line);
  expect(changes.clientCertificate).toMatchObject({ certificatePem: own.cert });
});

test("changes nothing of what is not sent, and takes both away by null", async () => {
  const before = webhookWith({ sealedAuth: "a", sealedClientKey: "b" });
  expect(await credentialChanges(webhookId, {}, before, deps)).toEqual({});
  const none = { auth: null, clientCertificate: null };
  expect(Object.keys(await credentialChanges(webhookId, none, before, deps))).toEqual([
    ...["auth", "sealedAuth", "clientCertificate", "sealedClientKey"],
  ]);
});

test("writes nothing over the sealed secrets of what is sent hidden", async () => {
  const auth = { id: "auth", type: "bearer" } as const;
  const { clientCertificate } = await credentialChanges(
    webhookId,
    { clientCertificate: sent },
    undefined,
    deps,
  );
  const before = webhookWith({ auth, sealedAuth: "a", clientCertificate, sealedClientKey: "b" });
  const hidden = {
    auth: { type: "bearer", token: "•••" } as const,
    clientCertificate: { ...sent, privateKeyPem: "•••" },
  };
  expect(await credentialChanges(webhookId, hidden, before, deps)).toStrictEqual({
    auth,
    clientCertificate,
  });
});

test("a private key in memory is shown to nobody by accident", () => {
  const key = new Secret(own.key);
  expect(`${key} ${JSON.stringify({ key })}`).toBe('[secret] {"key":"[secret]"}');
});
