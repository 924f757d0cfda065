import { randomBytes } from "node:crypto";

/** A cache that no test has used before, not even on a service that has seen many runs. */
export function freshCache(): string {
  return `cache-${randomBytes(8).toString("hex")}`;
}
