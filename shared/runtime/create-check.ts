import * as z from "zod/mini";
import type { ErrorDetail } from "../contract/errors.ts";
import { defaultTopicName } from "../contract/operations/webhooks/create-webhook.ts";
import { AppError } from "../domain/app-error.ts";
import { misplacedFormat } from "../domain/webhooks/alert-formats.ts";
import { urlSent } from "../domain/webhooks/masking.ts";
import { cachesOf } from "./caller.ts";
import type { RequestCheck } from "./request.ts";
import { checkCredentials, checkUrlAt } from "./request-checks.ts";

const Any = z.optional(z.unknown());
const Sent = z.object({ id: Any, topicName: Any, destination: Any, config: Any });
const SentId = z.object({ cacheName: Any });

/** The two names of the one URL. */
const urlNames = [
  ["destination", "postUrl"],
  ["config", "url"],
] as const;

/**
 * What createWebhook's schema cannot know: that one of the URL's two names must be used, the URL rules of this
 * deployment, and which caches the key covers.
 */
export const checkCreate: RequestCheck = (json, { caller, hosts }) => {
  const sent = z.safeParse(Sent, json).data;
  if (!sent) return [];
  const urls = urlNames.map(([outer, inner]) => valueAt(sent[outer], inner));
  return [
    ...urlNames.flatMap(([outer, inner]) => checkUrlAt(outer, inner, json, hosts)),
    ...checkCredentials(json, hosts),
    ...urlNames.flatMap(([outer, inner], index) => maskedUrl(urls[index], `${outer}.${inner}`)),
    ...urlProblems(urls),
    ...misplacedFormat(
      valueAt(sent.config, "format"),
      sent.topicName ?? defaultTopicName,
      "config.format",
    ),
    ...(cachesOf(caller)?.length === 1 ? [] : missingCache(sent.id)),
  ];
};

function valueAt(outer: unknown, inner: string): unknown {
  return z.safeParse(z.object({ [inner]: Any }), outer).data?.[inner];
}

function urlProblems([postUrl, url]: readonly unknown[]): ErrorDetail[] {
  if (postUrl === undefined && url === undefined) {
    return [{ path: "config.url", message: "is required, or destination.postUrl in its place" }];
  }
  if (postUrl === undefined || url === undefined || postUrl === url) return [];
  return [{ path: "config.url", message: "differs from destination.postUrl; send one of the two" }];
}

function maskedUrl(url: unknown, path: string): readonly ErrorDetail[] {
  if (typeof url !== "string") return [];
  try {
    urlSent(url, undefined, path);
    return [];
  } catch (error) {
    if (error instanceof AppError && error.details) return error.details;
    throw error;
  }
}

function missingCache(id: unknown): ErrorDetail[] {
  const named = id === undefined ? {} : z.safeParse(SentId, id).data;
  if (!named || named.cacheName !== undefined) return [];
  const message = "is required, since the key covers more than one cache";
  return [{ path: "id.cacheName", message }];
}
