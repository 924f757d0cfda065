import * as z from "zod/mini";
import type { ErrorDetail } from "../contract/errors.ts";
import { checkDestination } from "../domain/destinations/destination.ts";
import { isOwnAddress } from "../domain/destinations/own-address.ts";
import { readEnv } from "./env.ts";

/**
 * Checks the URL of a body by the deployment's rules: spelling and literal addresses, no DNS. Anything but
 * a text there is the schema's to complain of. `hosts` are those that the request itself came by.
 */
export function checkUrlAt(
  outer: string,
  inner: string,
  json: unknown,
  hosts: readonly string[],
): ErrorDetail[] {
  const parsed = z.safeParse(z.object({ [outer]: z.object({ [inner]: z.string() }) }), json);
  const url = parsed.data?.[outer]?.[inner];
  const message = url === undefined ? undefined : problemWith(url, hosts);
  return message ? [{ path: `${outer}.${inner}`, message }] : [];
}

function problemWith(url: string, hosts: readonly string[]): string | undefined {
  const env = readEnv("ALLOW_PRIVATE_DESTINATIONS", "OWN_ADDRESSES");
  const problem = checkDestination(url, { allowPrivate: env.ALLOW_PRIVATE_DESTINATIONS });
  if (problem) return problem;
  // What is posted to the service may be delivered to the same webhook again, and so on.
  if (isOwnAddress(new URL(url), [...env.OWN_ADDRESSES, ...hosts]))
    return "is an address of this service";
  return undefined;
}
