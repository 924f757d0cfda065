import { createHash } from "node:crypto";
import { shardOf } from "../ids/hash.ts";

/** So many groups a cache has, at most: one dead webhook of it delays an eighth of the others. */
const groupsPerCache = 8;

/**
 * The fair-queue group of what belongs to a cache: `id` is its webhook's, or its message's where it has no
 * webhook. A tenant gets a share of its own for each group, so webhooks must not be groups. The cache's part
 * cannot be forged, or a tenant could choose a name that shares the groups of another.
 */
export function groupOf(cacheName: string, id: string): string {
  const cache = createHash("sha256").update(cacheName).digest("base64url").slice(0, 22);
  return `${cache}.${shardOf(id, groupsPerCache)}`;
}
