import * as z from "zod/mini";
import { ImportChange } from "../../event-type.ts";
import type { Route } from "../../route.ts";
import { TopicName } from "../../values/names.ts";
import * as sample from "./sample.ts";

export const maxDocumentBytes = 4_194_304;

const Document = z
  .looseObject({
    openapi: z
      .string()
      .check(z.regex(/^3\.1\.\d+$/, "must be 3.1: earlier versions have no webhooks")),
    webhooks: z.record(z.string(), z.unknown()),
  })
  .check(z.describe("An OpenAPI 3.1 document. Only its `webhooks` and `components` are read."));

const flag = "must be true or false";

const ImportEventTypesBody = z.strictObject({
  document: Document,
  topicName: z.optional(
    TopicName.check(z.describe("The topic of webhooks that name none; default: `default`.")),
  ),
});

export const ImportEventTypesResponse = z.object({
  dryRun: z.boolean(),
  changes: z.array(ImportChange).check(z.describe("One for each webhook of the document.")),
});
export type ImportEventTypesResponse = z.infer<typeof ImportEventTypesResponse>;

export const importEventTypes = {
  id: "importEventTypes",
  method: "POST",
  path: "/api/v1/event-types/import",
  queryFields: ["dryRun"],
  tag: "eventTypes",
  portal: "closed",
  permission: "manage",
  needsAllCaches: true,
  params: z.object({}),
  query: z.strictObject({
    dryRun: z.optional(
      z
        .pipe(
          z.transform((text: unknown) =>
            text === "true" ? true : text === "false" ? false : text,
          ),
          z.boolean(flag),
        )
        .check(z.describe("Whether only to tell what would change.")),
    ),
  }),
  body: ImportEventTypesBody,
  maxBodyBytes: maxDocumentBytes,
  statuses: [200],
  refusals: [409],
  response: ImportEventTypesResponse,
  summary: "Import event types from an OpenAPI document",
  description:
    "Puts an event type for each of the document's `webhooks`, at most 1,000 of them. The name of " +
    "a webhook is the event, and `x-hookcast` can name the topic and more. Nothing is written " +
    "unless all of them are good. Types that the document does not have stay. Needs a key for " +
    "all caches.",
  example: {
    body: {
      document: {
        openapi: "3.1.0",
        info: { title: "Our events", version: "1" },
        webhooks: {
          "invoice.paid": {
            post: {
              description: sample.summary.description,
              requestBody: { content: { "application/json": { schema: sample.schema } } },
            },
          },
        },
      },
      topicName: "paid",
    },
    response: {
      dryRun: false,
      changes: [
        {
          topicName: "paid",
          event: "invoice.paid",
          change: "created",
          fields: ["description", "schema"],
          breaking: [],
        },
      ],
    },
  },
} as const satisfies Route;
