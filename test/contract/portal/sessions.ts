import * as z from "zod/mini";
import { CreatePortalSessionResponse } from "../../../shared/contract/operations/portal/create-portal-session.ts";
import { Portal } from "../../../shared/contract/operations/portal/get-portal.ts";
import type { Client } from "../client.ts";
import { succeed } from "../webhooks.ts";

const Created = z.object({ response: CreatePortalSessionResponse });
const Got = z.object({ response: Portal });

/** Makes a session, as a backend does for one of its customers. */
export async function createSession(by: Client, cacheName: string, wish?: object) {
  const { body } = await succeed(by, "createPortalSession", { cacheName }, { json: wish });
  return z.parse(Created, body).response;
}

export async function getPortal(by: Client): Promise<Portal> {
  return z.parse(Got, (await succeed(by, "getPortal", {})).body).response;
}
