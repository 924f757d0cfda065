import { isIPv6 } from "node:net";
import type { Names } from "../../../shared/http/dns/names.ts";

/** Names that have these addresses in turn, and the last of them from then on. */
export function namesWith(...turns: [string[], ...string[][]]): Names & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async addressesOf(hostname) {
      const addresses = turns[Math.min(asked.length, turns.length - 1)] ?? [];
      asked.push(hostname);
      return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    },
  };
}
