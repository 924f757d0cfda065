import { isUnavailable } from "../../shared/runtime/failures.ts";
import { startOutbox } from "./outbox.ts";
import { openPublisher } from "./publisher.ts";
import type { Entrance } from "./scenario.ts";
import { ingestQueue } from "./settings.ts";
import type { World } from "./world.ts";

/** Lets so many messages in, and resolves to how many will be delivered. */
type Enter = (cacheName: string, topicName: string, howMany: number) => Promise<number>;

export type Entrances = Readonly<Record<Entrance, Enter>>;

/** The ways into a deployment. What senders call themselves takes no time, and is no call of ours. */
export function openEntrances(
  world: World,
  onRefused: (messageIds: readonly string[]) => void,
): Entrances {
  const publish = openPublisher(world, onRefused);
  let writeToOutbox: ReturnType<typeof startOutbox> | undefined;
  return {
    async HTTP(cacheName, topicName, howMany) {
      try {
        return (await publish(cacheName, topicName, howMany)).length;
      } catch (error) {
        if (isUnavailable(error)) return 0;
        throw error;
      }
    },
    async "ingest queue"(cacheName, topicName, howMany) {
      const body = JSON.stringify({ cacheName, topicName, value: { total: 12 } });
      world.accept(
        ingestQueue,
        Array.from({ length: howMany }, () => ({ body })),
      );
      return howMany;
    },
    async outbox(cacheName, topicName, howMany) {
      writeToOutbox ??= startOutbox(world);
      for (let n = 0; n < howMany; n += 1) {
        writeToOutbox({ cacheName, topicName, value: '{"total":12}' });
      }
      return howMany;
    },
  };
}
