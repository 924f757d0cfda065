import { Token } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import * as z from "zod/mini";
import { IngestWrap } from "../../shared/contract/ingest.ts";
import { CacheName } from "../../shared/contract/values/names.ts";
import { Signatures } from "../../shared/contract/values/signatures.ts";

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

/** CloudWatch knows these and no others; the enum lists each under its name and its number. */
export const logRetention = z.pipe(
  number,
  z.literal(Object.values(RetentionDays).filter((value) => typeof value === "number")),
);

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

/** Together they are part of the 4 KB that a function's variables may have. */
const maxSignatureBytes = 1_000;

/** As a webhook's `config.signatures`; JSON as text. */
export const signatures = z.pipe(
  fromText((text) => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }),
  Signatures.check(
    z.refine((given) => JSON.stringify(given).length <= maxSignatureBytes, {
      error: `Longer than ${maxSignatureBytes} characters as JSON`,
    }),
  ),
);

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

/** Pages of these origins may hold the portal in a frame: letter for letter a source of `frame-ancestors`, never a wildcard. */
export const frameOrigins = z.pipe(
  fromText((text) => text.split(",").filter(Boolean)),
  z
    .array(
      z.string().check(
        z.refine((text) => framePattern.test(text) && isOrigin(text), {
          error: "Not an https origin such as https://app.example, without a path",
        }),
      ),
    )
    .check(z.maxLength(20)),
);

/** A page of a developer's own machine has no certificate. */
const framePattern = /^(https:\/\/[a-z0-9.-]+|http:\/\/(localhost|127\.0\.0\.1))(:\d+)?$/;

const resourceId = (kind: string) =>
  z.string().check(z.regex(new RegExp(`^${kind}-[0-9a-f]{8,17}$`)));

/** What a list or an object is as text. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Each source is a queue with its dead-letter queue, and a part of a variable. */
const maxSources = 8;
const maxSourcesLength = 1_000;

const ingestSource = z
  .strictObject({
    name: z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9]{0,31}$/)),
    caches: z.array(CacheName).check(z.minLength(1), z.maxLength(50)),
    wrap: z.optional(IngestWrap),
    maxPerMinute: z.optional(whole(100, 10_000_000)),
    maxConcurrency: z.optional(whole(2, 1000)),
  })
  .check(
    z.refine(({ caches, wrap }) => !wrap || caches.includes(wrap.cacheName), {
      path: ["wrap", "cacheName"],
      error: "Not one of the source's caches",
    }),
    z.refine(({ wrap }) => !wrap?.topicName.startsWith("$"), {
      path: ["wrap", "topicName"],
      error: "Topics that begin with $ are published by the service itself",
    }),
  );
export type IngestSourceSetting = z.infer<typeof ingestSource>;

/** Who may publish through a queue of its own; JSON as text. */
export const ingestSources = z.pipe(
  fromText(fromJson),
  z.array(ingestSource).check(
    z.maxLength(maxSources),
    z.refine(
      (sources) => new Set(sources.map(({ name }) => name.toLowerCase())).size === sources.length,
      { error: "A name is there twice" },
    ),
    z.refine((sources) => JSON.stringify(sources).length <= maxSourcesLength, {
      error: `Longer than ${maxSourcesLength} characters of JSON, which is what a variable has room for`,
    }),
  ),
);

/** A network of one's own, and the addresses behind which the internet sees it. */
export const vpc = z.pipe(
  fromText(fromJson),
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

/** Two settings of which neither means anything alone. */
export function together<One extends string, Other extends string>(one: One, other: Other) {
  return z.refine<Partial<Record<One | Other, unknown>>>(
    (settings) => (settings[one] === undefined) === (settings[other] === undefined),
    { path: [other], error: `Goes together with ${one}` },
  );
}
