import { type LookupAddress, lookup } from "node:dns";
import { Turns } from "./turns.ts";

/** What the operating system knows of a name. */
export type SystemLookup = (hostname: string, signal: AbortSignal) => Promise<LookupAddress[]>;

/**
 * getaddrinfo, which also knows the hosts file, search domains, mDNS and what a VPN has set up. It cannot be
 * cancelled, and libuv lets two threads of its pool be in it at once. So one name is looked up at a time: the other
 * thread is for the endpoints of AWS.
 */
export function openSystemLookup(
  ask: (hostname: string) => Promise<LookupAddress[]> = getAddresses,
): SystemLookup {
  const turns = new Turns(1);
  return (hostname, signal) => turns.run("", signal, () => ask(hostname));
}

function getAddresses(hostname: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true, order: "ipv4first" }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });
}
