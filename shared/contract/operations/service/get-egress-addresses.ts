import * as z from "zod/mini";
import type { Route } from "../../route.ts";

/** From where deliveries come: IPv4 addresses, and blocks in CIDR notation. Empty where they are not fixed. */
export const EgressAddressesResponse = z.object({ addresses: z.array(z.string()) });
export type EgressAddressesResponse = z.infer<typeof EgressAddressesResponse>;

export const getEgressAddresses = {
  id: "getEgressAddresses",
  method: "GET",
  path: "/api/v1/egress-addresses",
  tag: "meta",
  permission: null,
  portal: "open",
  params: z.object({}),
  statuses: [200],
  refusals: [],
  response: EgressAddressesResponse,
  summary: "Get the addresses that deliveries come from",
  description:
    "IPv4 addresses or blocks that a receiver's firewall can allow. Every delivery and test " +
    "event comes from one of them. Empty if the deployment has no fixed addresses " +
    "(staticAddresses). Needs no key.",
  example: { response: { addresses: ["203.0.113.10", "203.0.113.11"] } },
} as const satisfies Route;
