import { Token } from "aws-cdk-lib";
import * as z from "zod/mini";

// cdk.json has real numbers, booleans and lists; `cdk -c name=value` hands every value over as text.
function fromText(read: (text: string) => unknown) {
  return z.transform((given: unknown): unknown =>
    typeof given === "string" ? read(given) : given,
  );
}

const number = fromText((text) => (/^\d+$/.test(text) ? Number(text) : text));

export function whole(minimum: number, maximum: number) {
  return z.pipe(number, z.int().check(z.gte(minimum), z.lte(maximum)));
}

export function oneOf(numbers: readonly number[]) {
  return z.pipe(number, z.literal(numbers));
}

export const flag = z.pipe(
  fromText((text) => (text === "true" ? true : text === "false" ? false : text)),
  z.boolean(),
);

const dayS = 86_400;
const horizonS = 7 * dayS;

/** The waits between attempts, in seconds; `5,300` as text. A delivery lives a week at most. */
export const waits = z.pipe(
  fromText((text) => text.split(",")),
  z.array(whole(1, dayS)).check(
    z.minLength(1),
    z.maxLength(50),
    z.refine((seconds) => seconds.reduce((sum, wait) => sum + wait, 0) <= horizonS, {
      error: "Together more than 7 days, which is as long as a delivery lives",
    }),
  ),
);

/** A resource's name throughout AWS; one that the same app makes is known only when it is deployed. */
export function arn(service: string, resource: RegExp) {
  const form = new RegExp(`^arn:[a-z-]+:${service}:[a-z0-9-]+:\\d{12}:${resource.source}$`);
  const isArn = (text: string) => Token.isUnresolved(text) || form.test(text);
  return z.string().check(z.refine(isArn, { error: `Not the ARN of such a thing in ${service}` }));
}

/** What a browser sends as `Origin`, letter for letter; `https://a.example,https://b.example` as text. */
export const origins = z.pipe(
  fromText((text) => text.split(",").filter(Boolean)),
  z
    .array(
      z.string().check(
        z.refine(isOrigin, {
          error: "Not an origin such as https://app.example, without a path",
        }),
      ),
    )
    .check(z.maxLength(100)),
);

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

const resourceId = (kind: string) =>
  z.string().check(z.regex(new RegExp(`^${kind}-[0-9a-f]{8,17}$`)));

/** A network of one's own, and the addresses behind which the internet sees it. */
export const vpc = z.pipe(
  fromText((text) => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }),
  z.strictObject({
    id: resourceId("vpc"),
    subnetIds: z.array(resourceId("subnet")).check(z.minLength(1), z.maxLength(16)),
    securityGroupIds: z.array(resourceId("sg")).check(z.minLength(1), z.maxLength(5)),
    addresses: z._default(z.array(z.union([z.ipv4(), z.cidrv4()])).check(z.maxLength(50)), []),
  }),
);

const tagCharacters = /^[\p{L}\p{N}\s_.:/=+@-]*$/u;

/** By name; `team=payments,stage=live` as text. */
export const tags = z.pipe(
  fromText((text) =>
    Object.fromEntries(
      text.split(",").flatMap((tag) => (tag === "" ? [] : [tag.split(/=(.*)/s, 2)])),
    ),
  ),
  z.record(
    z
      .string()
      .check(z.minLength(1), z.maxLength(128), z.regex(tagCharacters), z.regex(/^(?!aws:)/)),
    z.string().check(z.maxLength(256), z.regex(tagCharacters)),
  ),
);
