import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { CacheName } from "../../values/names.ts";
import { PublicKey, samplePublicKey } from "./get-public-keys.ts";
import { RotationBody } from "./rotate-webhook-secret.ts";

const RotatedKeys = z.object({ keys: z.array(PublicKey) });
export type RotatedKeys = z.infer<typeof RotatedKeys>;

const previousKey = {
  ...({ kty: "OKP", crv: "Ed25519", use: "sig", alg: "EdDSA" } as const),
  x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
  kid: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
  whpk: "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
} as const;

export const rotateSigningKey = {
  id: "rotateSigningKey",
  method: "POST",
  path: "/api/v1/caches/{cacheName}/keys/rotate",
  tag: "webhooks",
  permission: "secret",
  portal: "closed",
  params: z.object({ cacheName: CacheName }),
  body: RotationBody,
  statuses: [200],
  refusals: [409],
  response: RotatedKeys,
  summary: "Replace the key pair of a cache",
  description:
    "The new key signs within a minute. For graceHours (default: 24) deliveries of webhooks with " +
    "`config.asymmetric` are also signed with the previous one, and getPublicKeys returns both. A " +
    "further rotation ends that at once. Makes the first key pair of a cache that has none. The private key never leaves the service.",
  example: {
    body: { graceHours: 24 },
    response: {
      keys: [samplePublicKey, { ...previousKey, expiresTime: "2024-01-25T23:20:28Z" }],
    },
  },
} as const satisfies Route;
