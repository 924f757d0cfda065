import { isIP } from "node:net";
import { type AddressOptions, isRefusedAddress } from "./addresses.ts";

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
