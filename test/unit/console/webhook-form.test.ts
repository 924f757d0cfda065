import { expect, test } from "vitest";
import {
  filterText,
  formatsFor,
  signaturesText,
  webhookFields,
} from "../../../console/state/webhooks/webhook-form.ts";

const form = (filled: Record<string, string>) => (name: string) => filled[name] ?? "";
const usual = { topicName: "paid", postUrl: " https://receiver.example/ ", timeoutSeconds: "15" };

test("reads what is filled in and leaves the rest as open as can be", () => {
  expect(webhookFields(form(usual))).toEqual({
    topicName: "paid",
    destination: { postUrl: "https://receiver.example/" },
    events: [],
    productId: null,
    config: {
      format: "standard",
      timeoutSeconds: 15,
      maxPerSecond: null,
      customHeaders: {},
      signatures: null,
      standardSignature: true,
      asymmetric: false,
      metaHeaders: {},
      filter: null,
      auth: null,
      clientCertificate: null,
    },
  });
});

test("tells codes from names of events, and headers line by line", () => {
  const headers = "x-tenant: acme\n\n authorization : Bearer a:b \n";
  const filled = {
    ...usual,
    events: "101, invoice.paid\n7",
    productId: "12",
    format: "raw",
    headers,
  };
  expect(webhookFields(form(filled))).toMatchObject({
    events: [101, "invoice.paid", 7],
    productId: 12,
    config: { format: "raw", customHeaders: { "x-tenant": "acme", authorization: "Bearer a:b" } },
  });
});

test("reads the client certificate, and leaves a private key that nobody typed as it is", () => {
  const read = (filled: Record<string, string>) =>
    webhookFields(form({ ...usual, ...filled })).config.clientCertificate;
  const certificate = { certificatePem: " pem\n" };
  expect(read(certificate)).toEqual({ certificatePem: "pem", privateKeyPem: "•••" });
  expect(read({ ...certificate, privateKeyPem: "key", caPem: "ca" })).toEqual({
    ...{ certificatePem: "pem", privateKeyPem: "key", caPem: "ca" },
  });
  expect(read({ certificatePem: " ", caPem: "\n" })).toBeNull();
});

test("reads the destination's own auth, and leaves a secret that nobody typed as it is", () => {
  const read = (filled: Record<string, string>) =>
    webhookFields(form({ ...usual, ...filled })).config.auth;
  expect(read({ authType: "basic", authUser: " me ", authSecret: " p " })).toEqual({
    ...{ type: "basic", username: "me", password: " p " },
  });
  expect(read({ authType: "bearer", authSecret: "token\n" })).toEqual({
    ...{ type: "bearer", token: "token" },
  });
  const oauth2 = {
    ...{ authType: "oauth2", authUser: "id", authTokenUrl: "https://a.example/token " },
  };
  const read2 = { type: "oauth2", clientId: "id", tokenUrl: "https://a.example/token" };
  expect(read(oauth2)).toEqual({ ...read2, clientSecret: "•••" });
  const all = { authScope: "a b", authAudience: "c", authClient: "post", authSecret: "s" };
  expect(read({ ...oauth2, ...all })).toEqual({
    ...{ ...read2, clientSecret: "s", scope: "a b", audience: "c", clientAuthentication: "post" },
  });
});

test("reads signatures line by line as it writes them, and a secret where one is given", () => {
  const signatures = [
    { scheme: "github" },
    { scheme: "svix", until: "2030-01-01T00:00:00Z" },
    {
      header: "x-sig",
      content: "{body}",
      algorithm: "sha1",
      encoding: "hex",
      value: "{signature}",
    },
  ] as const;
  const filled = {
    ...usual,
    signatures: `${signaturesText(signatures)}\n\n`,
    standardSignature: "no",
    metaHeaders: "x-event: {event}",
    secretString: " my plain secret ",
  };
  expect(filled.signatures.split("\n")[0]).toBe("github");
  expect(webhookFields(form(filled))).toMatchObject({
    config: { signatures, standardSignature: false, metaHeaders: { "x-event": "{event}" } },
    secretString: "my plain secret",
  });
  for (const none of [signaturesText([]), " none "]) {
    expect(webhookFields(form({ ...usual, signatures: none })).config.signatures).toEqual([]);
  }
  expect(signaturesText(undefined)).toBe("");
  expect(() => webhookFields(form({ ...usual, signatures: "{oops" }))).toThrow(/“{oops”/);
});

test.each(["12a", "1.5", "1e3"])("does not take the product %s for every product", (productId) => {
  expect(() => webhookFields(form({ ...usual, productId }))).toThrow(`“${productId}”`);
});

test("says which header has no value", () => {
  expect(() => webhookFields(form({ ...usual, headers: "nonsense" }))).toThrow(/“nonsense”/);
});

test("offers alerts for topics that begin with $ alone", () => {
  expect(formatsFor("paid")).toEqual(["standard", "raw", "cloudevents", "momento", "thredd"]);
  expect(formatsFor("$hookcast").slice(5)).toEqual(["slack", "teams"]);
});

test("reads a filter as it writes it, and says where it is not JSON", () => {
  const filter = { value: { amount: [{ numeric: [">", 5] }] } };
  const filled = { ...usual, filter: filterText(filter) };
  expect(webhookFields(form(filled)).config.filter).toEqual(filter);
  expect(filterText(undefined)).toBe("");
  expect(() => webhookFields(form({ ...usual, filter: "{" }))).toThrow("The filter is not JSON.");
});
