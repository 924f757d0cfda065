import * as z from "zod/mini";

const Resource = z.object({
  Type: z.string(),
  Properties: z._default(z.record(z.string(), z.unknown()), {}),
  Condition: z.optional(z.string()),
});

/** A CloudFormation template, as far as the local run reads it. */
export const Template = z.object({
  Parameters: z._default(
    z.record(z.string(), z.object({ Type: z.string(), Default: z.optional(z.unknown()) })),
    {},
  ),
  Mappings: z._default(
    z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))),
    {},
  ),
  Conditions: z._default(z.record(z.string(), z.unknown()), {}),
  Resources: z.record(z.string(), Resource),
  Outputs: z._default(
    z.record(z.string(), z.object({ Value: z.unknown(), Condition: z.optional(z.string()) })),
    {},
  ),
});
export type Template = z.infer<typeof Template>;
