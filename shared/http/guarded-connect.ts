import type { LookupFunction } from "node:net";
import type { buildConnector } from "undici";
import makeConnector from "undici/lib/core/connect.js";
import { type AddressOptions, isRefusedAddress } from "../domain/refused-address.ts";
import { boundAnswers } from "./answer-bound.ts";
import type { Asker, Names } from "./dns/names.ts";

/** The code of the error with which a connection is refused before it is opened. */
export const refusedAddressCode = "HOOKCAST_REFUSED_ADDRESS";

/**
 * Longer than any deadline, so it decides nothing: it clears away connections that nobody waits for any
 * more, which would otherwise take up the receiver's places in the pool for ever.
 */
const abandonedMs = 35_000;

/**
 * Connects only to addresses that may be posted to. Every address that the name resolves to is checked,
 * and one of the checked ones is connected to, so a resolver that changes its mind gains nothing. Literal
 * addresses never get here: they are checked with the URL.
 */
export function guardedConnector(
  options: AddressOptions,
  names: Names,
  currentAsker: () => Asker,
): buildConnector.connector {
  const connectors = new Map<number, buildConnector.connector>();
  return (target, callback) => {
    const port = Number(target.port) || (target.protocol === "https:" ? 443 : 80);
    let connect = connectors.get(port);
    if (!connect) {
      // undici hands further options on to net.connect and tls.connect, which both take `lookup`.
      const lookup = guardedLookup(port, options, names, currentAsker);
      const build = { lookup, autoSelectFamily: true, timeout: abandonedMs };
      connect = makeConnector(build as buildConnector.BuildOptions);
      connectors.set(port, connect);
    }
    connect(target, (...result) => {
      const [, socket] = result;
      if (socket) boundAnswers(socket);
      callback(...result);
    });
  };
}

/** A `lookup` for net.connect and tls.connect. Addresses that are kept are checked again like new ones. */
function guardedLookup(
  port: number,
  options: AddressOptions,
  names: Names,
  currentAsker: () => Asker,
): LookupFunction {
  return (hostname, { all }, callback) => {
    names.addressesOf(hostname, currentAsker()).then(
      (addresses) => {
        if (addresses.some(({ address }) => isRefusedAddress(address, port, options))) {
          const refusal = Object.assign(new Error("address refused"), { code: refusedAddressCode });
          return callback(refusal, "");
        }
        if (all) return callback(null, [...addresses]);
        const [first] = addresses;
        return callback(null, first?.address ?? "", first?.family);
      },
      (error) => callback(error, ""),
    );
  };
}
