import * as z from "zod/mini";
import type { Broker } from "../broker.ts";
import { queueUrl } from "./queue-url.ts";

const maxResults = 1000;

/** Which page of a list of queues is asked for; the token is the last name of the page before. */
export const PageInput = z.object({
  MaxResults: z._default(z.int().check(z.minimum(1), z.maximum(maxResults)), maxResults),
  NextToken: z._default(z.string(), ""),
});

export function queuePage(
  broker: Broker,
  names: string[],
  { MaxResults, NextToken }: z.infer<typeof PageInput>,
): { urls: string[]; next: { NextToken?: string } } {
  const following = names.toSorted().filter((name) => name > NextToken);
  const shown = following.slice(0, MaxResults);
  const last = following.length > shown.length ? shown.at(-1) : undefined;
  return {
    urls: shown.map((name) => queueUrl(broker, name)),
    next: last === undefined ? {} : { NextToken: last },
  };
}
