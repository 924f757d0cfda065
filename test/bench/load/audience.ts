import { putWebhook } from "../../support/calls.ts";
import { inParallel } from "../../support/in-parallel.ts";
import { api } from "../../support/service/api.ts";
import type { ServiceAddress } from "./load-service.ts";
import { topicName } from "./publisher.ts";

const putsAtOnce = 8;

/** A cache whose one topic has so many subscribers, all at one receiver. */
export interface Audience {
  cacheName: string;
  size: number;
}

/** The receiver knows the audience by the cache's name. */
export async function gather(
  { url, key }: ServiceAddress,
  receiverUrl: string,
  size: number,
  cacheName = `audience-${size}`,
): Promise<Audience> {
  const call = api(url, key);
  await inParallel(size, putsAtOnce, async (n) => {
    const postUrl = `${receiverUrl}/${cacheName}/${n}`;
    await putWebhook(call, { cacheName, webhookName: `hook-${n}`, topicName, postUrl });
  });
  return { cacheName, size };
}
