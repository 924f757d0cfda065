import { api } from "../support/api.ts";
import { putWebhook } from "../support/calls.ts";
import { inParallel } from "../support/in-parallel.ts";
import type { LoadService } from "./load-service.ts";
import { topicName } from "./publisher.ts";

const putsAtOnce = 8;

/** A cache whose one topic has so many subscribers, all at one receiver. */
export interface Audience {
  cacheName: string;
  size: number;
}

/** `path` tells the audience's deliveries from those of others. */
export async function gather(
  { url, key }: LoadService,
  receiverUrl: string,
  size: number,
  path = `/${size}`,
): Promise<Audience> {
  const call = api(url, key);
  const cacheName = `audience${path.replaceAll("/", "-")}`;
  await inParallel(size, putsAtOnce, async (n) => {
    const postUrl = `${receiverUrl}${path}/${n}`;
    await putWebhook(call, { cacheName, webhookName: `hook-${n}`, topicName, postUrl });
  });
  return { cacheName, size };
}
