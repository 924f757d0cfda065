import { BlockList, isIP } from "node:net";

/**
 * What the IANA IPv4 Special-Purpose Address Registry does not mark globally reachable, and
 * multicast. 192.0.0.0/24 holds two addresses that it does (.9 and .10), but they are anycast to the
 * network's own port mapping and relay servers: the last ones a stranger should talk to through us.
 */
const ipv4Ranges = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24", // 6to4 relays, deprecated
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4", // 255.255.255.255 included
];

/**
 * Global unicast is all of IPv6 that IANA has given out. Loopback, mapped and IPv4-compatible
 * addresses, NAT64, link-local, unique local (fd00:ec2::/32 too), SRv6 and multicast lie outside.
 */
const globalUnicast = "2000::/3";

/**
 * The part of global unicast that the IANA IPv6 Special-Purpose Address Registry does not mark
 * globally reachable. 2001::/23 is Teredo, benchmarking and ORCHID; the few pieces of it that are
 * reachable carry protocol anycast, AS112 and identifiers, never a web server, so it goes as a whole.
 */
const ipv6Ranges = [
  "2001::/23",
  "2001:db8::/32",
  "2002::/16", // 6to4: wraps any IPv4 address
  "3fff::/20",
];

const blockedIpv4 = listOf("ipv4", ipv4Ranges);
const blockedIpv6 = listOf("ipv6", ipv6Ranges);
const globalUnicastIpv6 = listOf("ipv6", [globalUnicast]);

/**
 * True for every address that is not the public internet's, and for everything that is no plain
 * address at all. A zone id (`fe80::1%eth0`) names an interface of ours, so it is never public.
 */
export function isBlockedAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return blockedIpv4.check(address, "ipv4");
    case 6:
      return (
        address.includes("%") ||
        !globalUnicastIpv6.check(address, "ipv6") ||
        blockedIpv6.check(address, "ipv6")
      );
    default:
      return true;
  }
}

function listOf(family: "ipv4" | "ipv6", subnets: string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", prefix] = subnet.split("/");
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}
