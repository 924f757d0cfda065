import * as z from "zod/mini";
import { EventCode } from "./values/event.ts";
import { TopicName } from "./values/names.ts";
import { Time } from "./values/time.ts";

export const Validate = z.enum(["off", "warn", "enforce"]).check(
  z.meta({
    id: "Validate",
    description:
      "What happens to a message that the schema refuses: nothing (`off`), it is counted and " +
      "logged (`warn`), or its publish is refused (`enforce`).",
  }),
);
export type Validate = z.infer<typeof Validate>;

export const EventTypeStatus = z.enum(["active", "deprecated", "archived"]).check(
  z.meta({
    id: "EventTypeStatus",
    description:
      "`deprecated` tells receivers to move on. To publishes an `archived` type is unknown, and " +
      "lists leave it out by default.",
  }),
);
export type EventTypeStatus = z.infer<typeof EventTypeStatus>;

/** Line breaks and tabs are the control characters that a text may hold. */
const unwanted = /\p{Cs}|[^\P{Cc}\t\n\r]/u;

function textOf(most: number, description: string) {
  const problemWith = (text: string) => {
    if (text === "") return "must not be empty";
    if ([...text].length > most) return `must have at most ${most} characters`;
    if (!unwanted.test(text)) return undefined;
    return "must not contain control characters or lone surrogates";
  };
  // In escapes that every language's expressions know.
  const pattern = "^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]*$";
  return z.string().check(
    ({ value, issues }) => {
      const message = problemWith(value);
      if (message) issues.push({ code: "custom", message, input: value });
    },
    z.meta({ description, minLength: 1, maxLength: most, pattern }),
  );
}

export const AudienceTag = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ or -"));

const Audience = z
  .array(AudienceTag)
  .check(
    z.maxLength(20, "must have at most 20 tags"),
    z.describe("Tags of those who are shown the type; empty means everybody."),
  );

const Schema = z
  .unknown()
  .check(
    z.describe(
      "A JSON Schema of version 2020-12, of at most 65,536 bytes, which refers to no other document.",
    ),
  );

const Examples = z
  .array(z.unknown())
  .check(
    z.maxLength(10, "must have at most 10 examples"),
    z.describe("Values that the schema accepts, of at most 65,536 bytes in all."),
  );

/** What lists tell of a type. */
export const EventTypeSummary = z
  .object({
    topicName: TopicName,
    event: EventCode,
    description: z.nullable(z.string()),
    group: z.nullable(z.string()),
    status: EventTypeStatus,
    validate: Validate,
    audience: Audience,
    schemaVersion: z
      .int()
      .check(z.describe("Counts the changes of the schema; 0 if there was never one.")),
    createdTime: Time,
    lastModifiedTime: Time,
  })
  .check(z.meta({ id: "EventTypeSummary", description: "An event type without its schema." }));
export type EventTypeSummary = z.infer<typeof EventTypeSummary>;

const Version = z.object({ schemaVersion: z.int(), createdTime: Time });

export const EventType = z
  .object({
    ...EventTypeSummary.shape,
    schema: z.nullable(Schema),
    examples: Examples,
    versions: z
      .array(Version)
      .check(z.describe("The versions of the schema that are kept, newest first.")),
  })
  .check(z.meta({ id: "EventType", description: "What events of one kind carry." }));
export type EventType = z.infer<typeof EventType>;

/** What may be put. What is not sent stays as it is; null takes it away. */
export const PutEventTypeBody = z.strictObject({
  description: z.optional(z.nullable(textOf(2_000, "What has happened when it is published."))),
  group: z.optional(z.nullable(textOf(128, "The heading under which lists show it."))),
  status: z.optional(EventTypeStatus),
  validate: z.optional(Validate),
  audience: z.optional(Audience),
  schema: z.optional(z.nullable(Schema)),
  examples: z.optional(Examples),
});
export type PutEventTypeBody = z.infer<typeof PutEventTypeBody>;

/** One way in which a new schema breaks somebody who relies on the old one. */
export const Breaking = z
  .object({
    path: z.string().check(z.describe("The place in the value, such as `value.amount`.")),
    change: z.enum(["removed", "optional", "required", "narrowed", "widened", "type", "other"]),
    affects: z
      .enum(["receivers", "publishers"])
      .check(z.describe("Whether readers of such values or publishers may break.")),
    message: z.string(),
  })
  .check(z.meta({ id: "Breaking", description: "A change of the schema that may break someone." }));
export type Breaking = z.infer<typeof Breaking>;

export const PutEventTypeResponse = z.object({
  eventType: EventType,
  breaking: z.array(Breaking).check(z.describe("What the change of the schema may break.")),
});
export type PutEventTypeResponse = z.infer<typeof PutEventTypeResponse>;

export const ImportChange = z
  .object({
    topicName: TopicName,
    event: EventCode,
    change: z.enum(["created", "updated", "unchanged"]),
    fields: z.array(z.string()).check(z.describe("The fields that differ from what was there.")),
    breaking: z.array(Breaking),
  })
  .check(z.meta({ id: "ImportChange", description: "What an import does to one event type." }));
export type ImportChange = z.infer<typeof ImportChange>;
