import * as z from "zod/mini";
import { ofType, parseProperties, type Resource } from "./resources.ts";

export type Headers = Record<string, string>;

const Security = z.object({
  ContentSecurityPolicy: z.optional(z.object({ ContentSecurityPolicy: z.string() })),
  ContentTypeOptions: z.optional(z.object({})),
  FrameOptions: z.optional(z.object({ FrameOption: z.string() })),
  ReferrerPolicy: z.optional(z.object({ ReferrerPolicy: z.string() })),
  StrictTransportSecurity: z.optional(z.object({ AccessControlMaxAgeSec: z.number() })),
});

const PolicyProperties = z.object({
  ResponseHeadersPolicyConfig: z.object({
    SecurityHeadersConfig: z._default(Security, {}),
    CustomHeadersConfig: z._default(
      z.object({ Items: z.array(z.object({ Header: z.string(), Value: z.string() })) }),
      { Items: [] },
    ),
  }),
});

/** By the policy's id, the headers that it sets. */
export function readHeadersPolicies(resources: Resource[]): Map<string, Headers> {
  return new Map(
    ofType(resources, "AWS::CloudFront::ResponseHeadersPolicy").map((policy) => {
      const { ResponseHeadersPolicyConfig } = parseProperties(PolicyProperties, policy);
      const { SecurityHeadersConfig, CustomHeadersConfig } = ResponseHeadersPolicyConfig;
      const custom = CustomHeadersConfig.Items.map(({ Header, Value }) => [Header, Value]);
      return [
        policy.name,
        { ...securityHeaders(SecurityHeadersConfig), ...Object.fromEntries(custom) },
      ];
    }),
  );
}

function securityHeaders(security: z.infer<typeof Security>): Headers {
  const { ContentSecurityPolicy, ContentTypeOptions, FrameOptions } = security;
  const { ReferrerPolicy, StrictTransportSecurity } = security;
  return {
    ...(ContentSecurityPolicy && {
      "content-security-policy": ContentSecurityPolicy.ContentSecurityPolicy,
    }),
    ...(ContentTypeOptions && { "x-content-type-options": "nosniff" }),
    ...(FrameOptions && { "x-frame-options": FrameOptions.FrameOption }),
    ...(ReferrerPolicy && { "referrer-policy": ReferrerPolicy.ReferrerPolicy }),
    ...(StrictTransportSecurity && {
      "strict-transport-security": `max-age=${StrictTransportSecurity.AccessControlMaxAgeSec}`,
    }),
  };
}
