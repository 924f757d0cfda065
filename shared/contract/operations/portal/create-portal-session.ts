import * as z from "zod/mini";
import { PortalPermissions, PortalTopics, portalSettings } from "../../portal.ts";
import type { Route } from "../../route.ts";
import { SessionId } from "../../values/ids.ts";
import { CacheName } from "../../values/names.ts";
import { Time } from "../../values/time.ts";
import * as samples from "../samples.ts";

const CreatePortalSessionBody = z.optional(
  z.strictObject({
    permissions: z.optional(
      PortalPermissions.check(
        z.describe(
          "What the session may do; your key needs each of these itself. `manage` includes `resend` and `secret`. Default: `read` and `manage`.",
        ),
      ),
    ),
    topics: z.optional(PortalTopics),
    expiresInSeconds: z.optional(
      z
        .int()
        .check(
          z.gte(300),
          z.lte(86_400),
          z.describe("How long the session lasts. Default: 3,600."),
        ),
    ),
    ...portalSettings,
  }),
);

export const CreatePortalSessionResponse = z.object({
  sessionId: SessionId,
  token: z
    .string()
    .check(z.describe("What the page calls the API with, as with a key. It is shown only here.")),
  url: z.nullable(
    z
      .string()
      .check(
        z.describe(
          "The portal's page, with the token in the fragment, which browsers send to no server. Null where the deployment has no console.",
        ),
      ),
  ),
  expiresTime: Time,
});
export type CreatePortalSessionResponse = z.infer<typeof CreatePortalSessionResponse>;

export const createPortalSession = {
  id: "createPortalSession",
  method: "POST",
  path: "/api/v1/caches/{cacheName}/portal-sessions",
  tag: "portal",
  permission: "manage",
  portal: "closed",
  params: z.object({ cacheName: CacheName }),
  body: CreatePortalSessionBody,
  statuses: [201],
  refusals: [],
  response: CreatePortalSessionResponse,
  returnsSecret: true,
  summary: "Create a portal session",
  description:
    "Lets one of your customers into the portal: into this cache, and into these topics alone. " +
    "Call it from your backend, and give the answer to nobody but that customer. The session " +
    "ends at its time, with deletePortalSession, or with the key that made it. It never " +
    "publishes, and makes no sessions.",
  example: {
    body: {
      permissions: ["read", "manage"],
      topics: ["paid"],
      expiresInSeconds: 3600,
      theme: { name: "Client Inc.", accent: "#0a7f5a" },
      locale: "de",
      returnUrl: "https://app.client.example/settings",
    },
    response: {
      sessionId: samples.sessionId,
      token: samples.portalToken,
      url: `https://d1234567890abc.cloudfront.net/portal/#token=${samples.portalToken}`,
      expiresTime: "2024-01-24T19:20:28Z",
    },
  },
} as const satisfies Route;
