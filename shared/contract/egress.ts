import * as z from "zod/mini";

/** From where deliveries come: IPv4 addresses, and blocks in CIDR notation. Empty where they are not fixed. */
export const EgressAddressesResponse = z.object({ addresses: z.array(z.string()) });
export type EgressAddressesResponse = z.infer<typeof EgressAddressesResponse>;
