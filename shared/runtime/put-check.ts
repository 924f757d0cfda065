import * as z from "zod/mini";
import type { ErrorDetail } from "../contract/errors.ts";
import { checkUrlAt } from "./destination-check.ts";
import type { RequestCheck } from "./request.ts";

const SentId = z.object({ id: z.object({ cacheName: z.string(), webhookName: z.string() }) });

/** What putWebhook's schema cannot know: the URL rules of this deployment, and that `id` repeats the path. */
export const checkPut: RequestCheck = (json, { pathParameters, hosts }) => [
  ...checkUrlAt("destination", "postUrl", json, hosts),
  ...idDiffers(json, pathParameters),
];

function idDiffers(json: unknown, pathParameters: Record<string, unknown>): ErrorDetail[] {
  const id = z.safeParse(SentId, json).data?.id;
  if (!id) return [];
  const names = ["cacheName", "webhookName"] as const;
  return names
    .filter((name) => id[name] !== pathParameters[name])
    .map((name) => ({ path: `id.${name}`, message: "differs from the path" }));
}
