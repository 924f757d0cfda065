import type { LookupFunction } from "node:net";
import { type AddressOptions, isRefusedAddress } from "../domain/destinations/refused-address.ts";
import type { Asker, Names } from "./dns/names.ts";

/** The code of the error with which a connection is refused before it is opened. */
export const refusedAddressCode = "HOOKCAST_REFUSED_ADDRESS";

/**
 * A `lookup` for a connection. Every address that the name resolves to is checked, and one of the checked
 * ones is connected to, so a resolver that changes its mind gains nothing; addresses that are kept are
 * checked again like new ones. Literal addresses never get here: they are checked with the URL.
 */
export function guardedLookup(
  port: number,
  options: AddressOptions,
  names: Names,
  asker: Asker,
): LookupFunction {
  return (hostname, { all }, callback) => {
    names.addressesOf(hostname, asker).then(
      (found) => {
        if (found.some(({ address }) => isRefusedAddress(address, port, options))) {
          const refusal = Object.assign(new Error("address refused"), { code: refusedAddressCode });
          return callback(refusal, "");
        }
        // IPv4 first: outside a VPC a function has no way out for IPv6, and finds that out slowly.
        const addresses = found.toSorted((one, other) => one.family - other.family);
        if (all) return callback(null, addresses);
        const [first] = addresses;
        return callback(null, first?.address ?? "", first?.family);
      },
      (error) => callback(error, ""),
    );
  };
}
