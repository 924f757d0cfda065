import * as z from "zod/mini";
import { dynamoDb } from "../../aws/clients.ts";
import { PortalTheme } from "../../contract/portal.ts";
import { readEnv } from "../../runtime/env.ts";
import { fromItem, toItem } from "../table/rows.ts";
import { isConditionFailure } from "../table/table.ts";
import { SessionGrant } from "./session-grant.ts";

/** A portal session as it is stored, in the table of API keys. */
export const PortalSessionRecord = z.extend(SessionGrant, {
  theme: z.optional(PortalTheme),
  locale: z.optional(z.string()),
  returnUrl: z.optional(z.string()),
  /** The key that made it. */
  createdBy: z.string(),
  createdTimeMs: z.int(),
});
export type PortalSessionRecord = z.infer<typeof PortalSessionRecord>;

export interface PortalSessionStore {
  find(sessionId: string): Promise<PortalSessionRecord | undefined>;
  put(record: PortalSessionRecord): Promise<void>;
  /** Returns whether the cache had such a session. */
  remove(cacheName: string, sessionId: string): Promise<boolean>;
}

export function openPortalSessionStore(): PortalSessionStore {
  const TableName = readEnv("API_KEYS_TABLE").API_KEYS_TABLE;

  return {
    async find(sessionId) {
      const { Item } = await dynamoDb.call("GetItem", {
        TableName,
        Key: toItem({ keyId: sessionId }),
        ConsistentRead: true,
      });
      return Item && z.parse(PortalSessionRecord, fromItem(Item));
    },
    async put(record) {
      await dynamoDb.call("PutItem", { TableName, Item: toItem(record) });
    },
    async remove(cacheName, sessionId) {
      try {
        await dynamoDb.call("DeleteItem", {
          TableName,
          Key: toItem({ keyId: sessionId }),
          ConditionExpression: "#cacheName = :cacheName",
          ExpressionAttributeNames: { "#cacheName": "cacheName" },
          ExpressionAttributeValues: toItem({ ":cacheName": cacheName }),
        });
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },
  };
}
