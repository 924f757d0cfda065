const blockedDomains = ["localhost", "internal", "local"];

/** Host names that mean this machine or this network, whatever they resolve to. */
export function isBlockedName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.+$/, "");
  return blockedDomains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}
