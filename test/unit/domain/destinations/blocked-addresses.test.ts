import { expect, test } from "vitest";
import { isBlockedAddress } from "../../../../shared/domain/destination.ts";

/** The first and last address of each range that is refused. */
const refused: [range: string, first: string, last: string][] = [
  ["this network", "0.0.0.0", "0.255.255.255"],
  ["private use 10", "10.0.0.0", "10.255.255.255"],
  ["shared address space", "100.64.0.0", "100.127.255.255"],
  ["loopback", "127.0.0.0", "127.255.255.255"],
  ["link local and metadata", "169.254.0.0", "169.254.255.255"],
  ["private use 172", "172.16.0.0", "172.31.255.255"],
  ["IETF protocol assignments", "192.0.0.0", "192.0.0.255"],
  ["documentation 1", "192.0.2.0", "192.0.2.255"],
  ["6to4 relays", "192.88.99.0", "192.88.99.255"],
  ["private use 192", "192.168.0.0", "192.168.255.255"],
  ["benchmarking", "198.18.0.0", "198.19.255.255"],
  ["documentation 2", "198.51.100.0", "198.51.100.255"],
  ["documentation 3", "203.0.113.0", "203.0.113.255"],
  ["multicast", "224.0.0.0", "239.255.255.255"],
  ["reserved and broadcast", "240.0.0.0", "255.255.255.255"],
  ["unspecified and loopback of IPv6", "::", "::1"],
  ["IPv4-compatible", "::0.0.0.0", "::255.255.255.255"],
  ["IPv4-mapped, public ones too", "::ffff:0.0.0.0", "::ffff:255.255.255.255"],
  ["IPv4-mapped in hex", "::ffff:7f00:1", "::ffff:808:808"],
  ["IPv4-translated", "::ffff:0:0.0.0.0", "::ffff:0:255.255.255.255"],
  ["NAT64", "64:ff9b::", "64:ff9b::ffff:ffff"],
  ["NAT64, local use", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"],
  ["discard only", "100::", "100::ffff:ffff:ffff:ffff"],
  ["dummy prefix", "100:0:0:1::", "100::1:ffff:ffff:ffff:ffff"],
  ["below global unicast", "200::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["Teredo", "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["protocol anycast", "2001:1::1", "2001:1::3"],
  ["benchmarking of IPv6", "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff"],
  ["ORCHID", "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["ORCHID version 2", "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["the rest of the protocol assignments", "2001:30::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["documentation of IPv6", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["6to4", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["documentation of IPv6, the new one", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["above global unicast", "4000::", "5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["SRv6", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["unique local", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["metadata of IPv6", "fd00:ec2::", "fd00:ec2:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["link local of IPv6", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["site local", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["multicast of IPv6", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
];

test.each(refused)("refuses %s", (_, first, last) => {
  expect(isBlockedAddress(first)).toBe(true);
  expect(isBlockedAddress(last)).toBe(true);
});

test.each([
  "1.0.0.0", // the neighbours of each range, where they are public
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.0",
  "169.253.255.255",
  "169.255.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "191.255.255.255",
  "192.0.1.0",
  "192.0.1.255",
  "192.0.3.0",
  "192.88.98.255",
  "192.88.100.0",
  "192.167.255.255",
  "192.169.0.0",
  "198.17.255.255",
  "198.20.0.0",
  "198.51.99.255",
  "198.51.101.0",
  "203.0.112.255",
  "203.0.114.0",
  "223.255.255.255",
  "2000::",
  "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  "2001:200::",
  "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
  "2001:db9::",
  "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  "2003::",
  "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  "3fff:1000::",
  "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  "192.31.196.1", // special, but globally reachable
  "192.52.193.1",
  "192.175.48.1",
  "2620:4f:8000::1",
  "8.8.8.8", // in use
  "2606:4700:4700::1111",
  "2A00:1450:4001:80B::200E",
])("lets %s through", (address) => {
  expect(isBlockedAddress(address)).toBe(false);
});

test.each([
  "",
  "example.com",
  "127.1",
  "0177.0.0.1",
  "0x7f.0.0.1",
  "2130706433",
  "127.0.0.1.",
  "8.8.8.8 ",
  "8.8.8.8/32",
  "[2606:4700:4700::1111]",
  "2606:4700:4700::1111%eth0",
  "fe80::1%eth0",
])("refuses %j, which is no plain address", (text) => {
  expect(isBlockedAddress(text)).toBe(true);
});
