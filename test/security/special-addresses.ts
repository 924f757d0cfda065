/**
 * The IANA special-purpose registries of IPv4 and IPv6 with multicast, each range by its first and last
 * address. Those that IANA marks globally reachable carry anycast of the network's own services; we refuse
 * the ones within larger ranges that are not.
 */
export const specialIpv4 = {
  "0.0.0.0/8": ["0.0.0.0", "0.255.255.255"],
  "10.0.0.0/8": ["10.0.0.0", "10.255.255.255"],
  "100.64.0.0/10": ["100.64.0.0", "100.127.255.255"],
  "127.0.0.0/8": ["127.0.0.0", "127.255.255.255"],
  "169.254.0.0/16": ["169.254.0.0", "169.254.255.255"],
  "172.16.0.0/12": ["172.16.0.0", "172.31.255.255"],
  "192.0.0.0/24": ["192.0.0.0", "192.0.0.255"],
  "192.0.0.0/29": ["192.0.0.0", "192.0.0.7"],
  "192.0.0.8/32": ["192.0.0.8", "192.0.0.8"],
  "192.0.0.9/32": ["192.0.0.9", "192.0.0.9"],
  "192.0.0.10/32": ["192.0.0.10", "192.0.0.10"],
  "192.0.0.170/31": ["192.0.0.170", "192.0.0.171"],
  "192.0.2.0/24": ["192.0.2.0", "192.0.2.255"],
  "192.88.99.0/24": ["192.88.99.0", "192.88.99.255"],
  "192.88.99.2/32": ["192.88.99.2", "192.88.99.2"],
  "192.168.0.0/16": ["192.168.0.0", "192.168.255.255"],
  "198.18.0.0/15": ["198.18.0.0", "198.19.255.255"],
  "198.51.100.0/24": ["198.51.100.0", "198.51.100.255"],
  "203.0.113.0/24": ["203.0.113.0", "203.0.113.255"],
  "224.0.0.0/4": ["224.0.0.0", "239.255.255.255"],
  "240.0.0.0/4": ["240.0.0.0", "255.255.255.254"],
  "255.255.255.255/32": ["255.255.255.255", "255.255.255.255"],
} as const;

export const specialIpv6 = {
  "::1/128": ["::1", "::1"],
  "::/128": ["::", "::"],
  "::ffff:0:0/96": ["::ffff:0:0", "::ffff:ffff:ffff"],
  "64:ff9b::/96": ["64:ff9b::", "64:ff9b::ffff:ffff"],
  "64:ff9b:1::/48": ["64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"],
  "100::/64": ["100::", "100::ffff:ffff:ffff:ffff"],
  "100:0:0:1::/64": ["100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff"],
  "2001::/23": ["2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"],
  "2001::/32": ["2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff"],
  "2001:1::1/128": ["2001:1::1", "2001:1::1"],
  "2001:1::2/128": ["2001:1::2", "2001:1::2"],
  "2001:1::3/128": ["2001:1::3", "2001:1::3"],
  "2001:2::/48": ["2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff"],
  "2001:3::/32": ["2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff"],
  "2001:4:112::/48": ["2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff"],
  "2001:10::/28": ["2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff"],
  "2001:20::/28": ["2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"],
  "2001:30::/28": ["2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff"],
  "2001:db8::/32": ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
  "2002::/16": ["2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  "3fff::/20": ["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"],
  "5f00::/16": ["5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  "fc00::/7": ["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  "fe80::/10": ["fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  "ff00::/8": ["ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  "fd00:ec2::/32, metadata": ["fd00:ec2::", "fd00:ec2:ffff:ffff:ffff:ffff:ffff:ffff"],
} as const;

/** An IPv4 address in every IPv6 address that some machine on the way would turn back into it. */
export function wrappings(ipv4: string): string[] {
  const [high, low] = groupsOf(ipv4);
  const [notHigh, notLow] = groupsOf(ipv4.replace(/\d+/g, (byte) => String(255 - Number(byte))));
  return [
    `::${ipv4}`,
    `::ffff:${ipv4}`,
    `::FFFF:${high}:${low}`,
    `::ffff:0:${ipv4}`,
    `64:ff9b::${ipv4}`,
    `64:ff9b:1::${high}:${low}`,
    `2002:${high}:${low}::1`,
    // Teredo holds its server in clear and its client inverted.
    `2001:0:${high}:${low}:8000::1`,
    `2001:0:4136:e378:8000:63bf:${notHigh}:${notLow}`,
  ];
}

/** An IPv4 address in every way that a URL may spell it. */
export function spellings(ipv4: string): string[] {
  const bytes = ipv4.split(".").map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  return [
    ipv4,
    `${ipv4}.`,
    String(number),
    `0x${number.toString(16)}`,
    `0${number.toString(8)}`,
    bytes.map((byte) => `0${byte.toString(8)}`).join("."),
    bytes.map((byte) => `0X${byte.toString(16).toUpperCase()}`).join("."),
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    ipv4.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ipv4.replaceAll(".", "\u3002"),
    ipv4.replace(/\d/g, (digit) => `%3${digit}`),
  ];
}

function groupsOf(ipv4: string): [string, string] {
  const hex = Buffer.from(ipv4.split(".").map(Number)).toString("hex");
  return [hex.slice(0, 4), hex.slice(4)];
}
