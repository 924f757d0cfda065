import * as z from "zod/mini";
import { portalPermissions } from "../../contract/permission.ts";
import { readEnv } from "../../runtime/env.ts";
import { readAll } from "../table/database.ts";
import { ApiKeyRecord } from "./api-key-store.ts";

/** What a portal session lets in, and where to, as it is stored: never the token itself, only its hash. */
export const SessionGrant = z.object({
  v: z.literal(1),
  /** The session's id: what API keys are found by, sessions are, too. */
  keyId: z.string(),
  /** SHA-256 of the whole token, in hex. */
  hash: z.string(),
  cacheName: z.string(),
  permissions: z.array(z.enum(portalPermissions)),
  /** Absent: every topic but the service's own. */
  topics: z.optional(z.array(z.string())),
  audience: z.optional(z.string()),
  /** Epoch seconds; also when DynamoDB may delete the row. */
  expiresAt: z.int(),
});
export type SessionGrant = z.infer<typeof SessionGrant>;

export interface GrantWithKey {
  readonly session: SessionGrant | undefined;
  readonly key: ApiKeyRecord | undefined;
}

/** Reads a session and the key that made it, in one call. */
export type FindGrant = (sessionId: string, keyId: string) => Promise<GrantWithKey>;

/** In a file of its own: the authorizer knows nothing of how a page looks. */
export function openSessionGrants(): FindGrant {
  const tableName = readEnv("API_KEYS_TABLE").API_KEYS_TABLE;
  return async (sessionId, keyId) => {
    const { [tableName]: rows = [] } = await readAll({
      [tableName]: [{ keyId: sessionId }, { keyId }],
    });
    const session = rows.find((row) => row.keyId === sessionId);
    const key = rows.find((row) => row.keyId === keyId);
    return {
      session: session && z.parse(SessionGrant, session),
      key: key && z.parse(ApiKeyRecord, key),
    };
  };
}
