import * as z from "zod/mini";
import { portalPermissions } from "./permission.ts";
import { TopicName } from "./values/names.ts";

const maxTopics = 20;
/** API Gateway carries the topics from the authorizer to each operation. */
const maxTopicBytes = 4_096;
const ourTopic = "topics that begin with $ are never shown to a portal session";

/** A topic that a session may name: none of the service's own. */
const PortalTopic = TopicName.check(
  z.regex(/^[^$]/, ourTopic),
  z.meta({ not: { anyOf: [{ enum: [".", ".."] }, { pattern: "^\\$" }] } }),
);

export const PortalTopics = z.array(PortalTopic).check(
  z.minLength(1),
  z.maxLength(maxTopics),
  z.refine((topics) => new TextEncoder().encode(topics.join("/")).length <= maxTopicBytes, {
    error: `must have at most ${maxTopicBytes} bytes in all`,
  }),
  z.describe("The topics that the session is about. Default: all, except those with `$`."),
);

export const PortalPermissions = z
  .array(z.enum(portalPermissions))
  .check(z.minLength(1), z.maxLength(portalPermissions.length));

const maxLogoLength = 16_384;

/** How the portal looks: given by whoever makes the session, never by an address. */
export const PortalTheme = z
  .strictObject({
    name: z.optional(
      z.string().check(
        z.regex(/^[^\p{Cc}\p{Cs}]{1,64}$/u, "must have 1 to 64 characters, none of control"),
        z.meta({
          description: "The name that the page shows.",
          pattern: "^[^\\x00-\\x1f\\x7f-\\x9f]{1,64}$",
        }),
      ),
    ),
    logo: z.optional(
      z
        .string()
        .check(
          z.maxLength(maxLogoLength),
          z.regex(
            /^data:image\/(png|jpeg|gif|webp|svg\+xml);base64,([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
            "must be a data URI of a PNG, JPEG, GIF, WebP or SVG image in base64",
          ),
          z.describe("An image as a `data:` URI in base64."),
        ),
    ),
    accent: z.optional(
      z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/, "must be a colour such as #0a7f5a")),
    ),
    mode: z.optional(z.enum(["light", "dark", "auto"])),
  })
  .check(z.meta({ id: "PortalTheme", description: "How the portal looks." }));
export type PortalTheme = z.infer<typeof PortalTheme>;

/** What a session is made with, and what its page gets to know of it. */
export const portalSettings = {
  audience: z.optional(
    z
      .string()
      .check(
        z.regex(/^[A-Za-z0-9_.-]{1,64}$/, "must be 1 to 64 letters, digits, _ . or -"),
        z.describe(
          "Of the event types, those with this tag or none are listed. It hides the others and protects nothing.",
        ),
      ),
  ),
  theme: z.optional(PortalTheme),
  locale: z.optional(
    z
      .string()
      .check(
        z.regex(
          /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/,
          "must be a language tag such as en or de-AT",
        ),
        z.describe("The language of the page, such as `de`. Default: the browser's."),
      ),
  ),
  returnUrl: z.optional(
    z
      .string()
      .check(
        z.maxLength(2_048),
        z.regex(
          /^https:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?([/?#][\x21-\x7e]*)?$/,
          "must be an https address",
        ),
        z.describe("Where the page's link back to your product leads."),
      ),
  ),
};
