import * as z from "zod/mini";
import type { ErrorDetail } from "../contract/errors.ts";
import { checkDestination } from "../domain/destination.ts";
import { readEnv } from "./env.ts";

/**
 * Checks the URL of a body by the deployment's rules: spelling and literal addresses, no DNS. Anything but
 * a text there is the schema's to complain of.
 */
export function checkUrlAt(outer: string, inner: string, json: unknown): ErrorDetail[] {
  const parsed = z.safeParse(z.object({ [outer]: z.object({ [inner]: z.string() }) }), json);
  const url = parsed.data?.[outer]?.[inner];
  if (url === undefined) return [];
  const allowPrivate = readEnv("ALLOW_PRIVATE_DESTINATIONS").ALLOW_PRIVATE_DESTINATIONS;
  const message = checkDestination(url, { allowPrivate });
  return message ? [{ path: `${outer}.${inner}`, message }] : [];
}
