import { isBlockedAddress } from "./blocked-addresses.ts";
import { isPlatformAddress } from "./platform-addresses.ts";

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
