import * as z from "zod/mini";
import { PortalPermissions, portalSettings } from "../../portal.ts";
import type { Route } from "../../route.ts";
import { SessionId } from "../../values/ids.ts";
import { CacheName, TopicName } from "../../values/names.ts";
import { Time } from "../../values/time.ts";
import * as samples from "../samples.ts";

export const Portal = z
  .object({
    sessionId: SessionId,
    cacheName: CacheName,
    permissions: PortalPermissions,
    topics: z.optional(
      z.array(TopicName).check(z.describe("Absent where the session is about every topic.")),
    ),
    ...portalSettings,
    expiresTime: Time,
    portalOrigins: z
      .array(z.string())
      .check(z.describe("The origins whose pages may show the portal in a frame.")),
  })
  .check(z.meta({ id: "Portal", description: "What a portal session is, for its page." }));
export type Portal = z.infer<typeof Portal>;

export const getPortal = {
  id: "getPortal",
  method: "GET",
  path: "/api/v1/portal",
  tag: "portal",
  permission: "session",
  portal: "open",
  params: z.object({}),
  query: z.strictObject({}),
  statuses: [200],
  refusals: [],
  response: Portal,
  summary: "Get what a portal session is",
  description:
    "What the page of a portal session needs to know of it: the customer's cache, what the " +
    "session may do, and how the page looks.",
  example: {
    response: {
      sessionId: samples.sessionId,
      cacheName: "orders",
      permissions: ["read", "manage"],
      topics: ["paid"],
      theme: { name: "Client Inc.", accent: "#0a7f5a" },
      locale: "de",
      returnUrl: "https://app.client.example/settings",
      expiresTime: "2024-01-24T19:20:28Z",
      portalOrigins: ["https://app.client.example"],
    },
  },
} as const satisfies Route;
