import { BlockList, isIP } from "node:net";

const maxLength = 2048;

/**
 * Why we would not post to this URL, or undefined when we would. Spelling, names and literal
 * addresses only: what a name resolves to is checked when it is resolved, on every attempt.
 */
export function checkDestination(url: string, options: AddressOptions): string | undefined {
  if (url.length > maxLength) return "The URL must have at most 2,048 characters.";
  // The parser drops some of them in silence: what is called would not be what was written.
  if (hasSpaceOrControl(url)) return "The URL must not contain spaces or control characters.";
  if (!url.isWellFormed()) return "The URL must not contain lone surrogates.";
  // The parser reads it as a slash, also one that begins a host.
  if (url.includes("\\")) return "The URL must not contain a back slash.";
  if (!URL.canParse(url)) return "The URL is not valid.";
  return checkParts(url, new URL(url), options);
}

function checkParts(url: string, parsed: URL, options: AddressOptions): string | undefined {
  const { protocol, username, password, host, hostname } = parsed;

  if (protocol !== "https:" && !(protocol === "http:" && options.allowPrivate)) {
    return "The URL must begin with https://.";
  }
  // The parser also takes `https:host`, and drops user info that is empty.
  const [, authority = ""] = /^[a-z]+:\/\/([^/?#]*)/i.exec(url) ?? [];
  if (authority === "") return "The URL must have :// before its host.";
  if (username !== "" || password !== "" || authority.includes("@"))
    return "The URL must not contain user info.";
  // An empty fragment leaves no trace in `parsed.hash`.
  if (url.includes("#")) return "The URL must not contain a fragment.";

  const address = hostname.replace(/^\[|\]$/g, "");
  const isRefused =
    isIP(address) === 0
      ? isBlockedName(hostname) && !options.allowPrivate
      : isRefusedAddress(address, portOf(parsed), options);
  return isRefused ? `The host ${host} is not allowed as a destination.` : undefined;
}

function portOf({ protocol, port }: URL): number {
  if (port !== "") return Number(port);
  return protocol === "https:" ? 443 : 80;
}

function hasSpaceOrControl(text: string): boolean {
  return /[\s\p{Cc}]/u.test(text);
}

const blockedDomains = ["localhost", "internal", "local"];

/** Host names that mean this machine or this network, whatever they resolve to. */
export function isBlockedName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.+$/, "");
  return blockedDomains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

export interface AddressOptions {
  allowPrivate: boolean;
}

/** The one question to ask before a connection: of a literal in the URL and of each resolved address. */
export function isRefusedAddress(
  address: string,
  port: number,
  { allowPrivate }: AddressOptions,
): boolean {
  return allowPrivate ? isPlatformAddress(address, port) : isBlockedAddress(address);
}

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

/** Where Lambda serves a function its invocations, and with SnapStart its credentials. */
const runtimeApiPort = 9001;

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("0.0.0.0", "ipv4"); // Linux connects it to the loopback interface
loopback.addAddress("::1", "ipv6");
loopback.addAddress("::", "ipv6");

/** Whether that is this machine, and only from this machine. */
function isLoopbackAddress(address: string): boolean {
  return loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

const metadata = new BlockList();
metadata.addSubnet("169.254.0.0", 16, "ipv4");
metadata.addSubnet("fd00:ec2::", 32, "ipv6");

/**
 * What the platform serves to the function that runs here and to nobody else: instance metadata,
 * credentials, the runtime API. No receiver lives there, so it stays refused even where private
 * destinations are allowed. Anything that is no address counts as refused too.
 */
export function isPlatformAddress(address: string, port: number): boolean {
  const version = isIP(address);
  if (version === 0) return true;

  const family = version === 4 ? "ipv4" : "ipv6";
  return (
    metadata.check(address, family) || (port === runtimeApiPort && loopback.check(address, family))
  );
}

/**
 * Whether the URL leads to the service itself. `ownAddresses` are URLs, or hosts with or without a port; a port
 * matters only where the address has one, since what has none answers under its name alone.
 */
export function isOwnAddress(url: URL, ownAddresses: readonly string[]): boolean {
  return ownAddresses.flatMap(parsed).some((own) => isSame(url, own));
}

/** A request's own `Host` is among them, and may be anything. */
function parsed(address: string): URL[] {
  const text = address.includes("://") ? address : `http://${address}`;
  return URL.canParse(text) ? [new URL(text)] : [];
}

function isSame(url: URL, own: URL): boolean {
  const [name, ownName] = [nameOf(url), nameOf(own)];
  if (isLoopback(ownName)) return isLoopback(name) && portOf(url) === portOf(own);
  if (own.port !== "" && portOf(url) !== portOf(own)) return false;
  return name === ownName || isSameGateway(name, ownName);
}

/** The parser has folded the case and whatever else can be written in several ways, but for the last dot. */
function nameOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.+$/, "");
}

/** Every spelling of it leads to this machine, and one port has one listener. */
function isLoopback(name: string): boolean {
  if (isIP(name) !== 0) return isLoopbackAddress(name);
  return name === "localhost" || name.endsWith(".localhost");
}

/** API Gateway answers for an API under several domains: `execute-api` and `execute-api-fips`, for one. */
function isSameGateway(name: string, ownName: string): boolean {
  const [id, service] = name.split(".");
  const [ownId, ownService] = ownName.split(".");
  return id === ownId && [service, ownService].every((part) => part?.startsWith("execute-api"));
}
