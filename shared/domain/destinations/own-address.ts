import { isIP } from "node:net";
import { isLoopbackAddress } from "./platform-addresses.ts";

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

function portOf({ protocol, port }: URL): string {
  return port || (protocol === "https:" ? "443" : "80");
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
