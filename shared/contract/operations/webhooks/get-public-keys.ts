import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { CacheName } from "../../values/names.ts";
import { Time } from "../../values/time.ts";

/** A key as RFC 8037 writes it, and as Standard Webhooks does. */
export const PublicKey = z
  .object({
    kty: z.literal("OKP"),
    crv: z.literal("Ed25519"),
    x: z.string().check(z.describe("The 32 bytes of the key, in base64url.")),
    kid: z.string().check(z.describe("The key's RFC 7638 thumbprint.")),
    use: z.literal("sig"),
    alg: z.literal("EdDSA"),
    whpk: z.string().check(
      z.meta({
        description: "The same key as libraries of Standard Webhooks take it.",
        pattern: "^whpk_[A-Za-z0-9+/]{43}=$",
      }),
    ),
    expiresTime: z.optional(
      Time.check(z.describe("When a key that was replaced stops signing. Absent otherwise.")),
    ),
  })
  .check(z.meta({ id: "PublicKey", description: "A public key of a cache." }));

/** A JSON Web Key Set (RFC 7517). */
export const PublicKeys = z.object({ keys: z.array(PublicKey) });
export type PublicKeys = z.infer<typeof PublicKeys>;

export const samplePublicKey = {
  ...({ kty: "OKP", crv: "Ed25519", use: "sig", alg: "EdDSA" } as const),
  x: "1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4",
  kid: "rEltOPXl-8jZfn0NbO5yMzHDi5e-WdjzkrFUUcp6oIE",
  whpk: "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
} as const;

export const getPublicKeys = {
  id: "getPublicKeys",
  method: "GET",
  path: "/api/v1/caches/{cacheName}/keys",
  bare: true,
  tag: "webhooks",
  permission: null,
  portal: "open",
  params: z.object({ cacheName: CacheName }),
  statuses: [200],
  refusals: [400],
  response: PublicKeys,
  summary: "Get the public keys of a cache",
  description:
    "Anyone can verify the `v1a` signatures of webhooks with `config.asymmetric` with these keys. " +
    "The newest comes first; two while a rotation's grace lasts. Empty for a cache without keys, " +
    "and for one that does not exist. Needs no key. May be cached for a minute.",
  example: { response: { keys: [samplePublicKey] } },
} as const satisfies Route;
