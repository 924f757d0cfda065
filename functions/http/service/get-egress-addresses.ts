import {
  type EgressAddressesResponse,
  getEgressAddresses as route,
} from "../../../shared/contract/operations/service/get-egress-addresses.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";

interface Deps {
  readonly addresses: string[];
}

export async function getEgressAddresses(
  _input: Input<typeof route>,
  { addresses }: Deps,
): Promise<EgressAddressesResponse> {
  return { addresses };
}

export const handler = endpoint(route, getEgressAddresses, () => ({
  addresses: readEnv("EGRESS_ADDRESSES").EGRESS_ADDRESSES,
}));
