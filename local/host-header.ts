import { isIPv4 } from "node:net";
import type { AllowedHost } from "./allowed-hosts.ts";

/** Checks the headers of a request, as Node lists them raw: the status of a refusal, or nothing. */
export type HostCheck = (rawHeaders: readonly string[]) => 400 | 403 | undefined;

export const notAllowed =
  "Forbidden: Host is no name of this machine with this port; HOOKCAST_ALLOWED_HOSTS allows others";

const form = /^(\[[0-9a-f:.]+\]|[^\s:@/[\]]+)(?::([1-9]\d{0,4}))?$/i;

/**
 * Takes this machine's own names with the listener's port, and those that were allowed. A web page may make
 * its name lead to 127.0.0.1 after it was loaded; what it sends then still carries that name.
 */
export function createHostCheck(port: number, allowedHosts: readonly AllowedHost[]): HostCheck {
  return (rawHeaders) => {
    const [host, another] = rawHeaders.filter(
      (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "host",
    );
    if (host === undefined || another !== undefined) return 400;
    const [, givenName = "", givenPort] = form.exec(host) ?? [];
    const name = givenName.toLowerCase().replace(/\.$/, "");
    const askedPort = Number(givenPort ?? 80);
    if (askedPort === port && isLoopback(name)) return undefined;
    const isAllowed = allowedHosts.some(
      (allowed) =>
        allowed.name === name && (allowed.port === undefined || allowed.port === askedPort),
    );
    return isAllowed ? undefined : 403;
  };
}

/** Names below `localhost` belong to nobody, and browsers look none of them up. */
function isLoopback(name: string): boolean {
  if (name === "localhost" || name.endsWith(".localhost") || name === "[::1]") return true;
  return isIPv4(name) && name.startsWith("127.");
}
