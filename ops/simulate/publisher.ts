import { openPublishDeps } from "../../shared/delivery/publish/entrance-deps.ts";
import {
  type AcceptDeps,
  publishMessages,
} from "../../shared/delivery/publish/publish-messages.ts";
import { mintId } from "../../shared/domain/ids.ts";
import type { MessageDraft } from "../../shared/domain/messages/message-draft.ts";
import { Environment } from "./environment.ts";
import type { World } from "./world.ts";

/** Publishes messages in one request; resolves to the ids of those that are accepted. */
export type Publish = (cacheName: string, topicName: string, howMany?: number) => Promise<string[]>;

interface Host {
  readonly environment: Environment;
  readonly deps: AcceptDeps;
}

/**
 * The publish function of a world: as many environments as there are publishes at once. `onRefused` hears of messages
 * that are not accepted, and may be delivered all the same.
 */
export function openPublisher(
  world: World,
  onRefused: (messageIds: readonly string[]) => void = () => {},
): Publish {
  const idle: Host[] = [];
  return async (cacheName, topicName, howMany = 1) => {
    const host = idle.pop() ?? openHost(world);
    const ids = Array.from({ length: howMany }, () =>
      mintId("msg", world.clock.now(), world.randomBytes(10)),
    );
    const drafts = ids.map((givenId) => ({ ...draftFor(cacheName, topicName), givenId }));
    let accepted: string[] = [];
    try {
      const results = await publishMessages(drafts, host.deps);
      accepted = results.filter((result) => typeof result === "string");
    } finally {
      idle.push(host);
      onRefused(ids.filter((id) => !accepted.includes(id)));
    }
    return accepted;
  };
}

function openHost(world: World): Host {
  const environment = new Environment(world);
  return { environment, deps: openPublishDeps(environment.platform) };
}

function draftFor(cacheName: string, topicName: string): MessageDraft {
  return {
    cacheName,
    topicName,
    event: null,
    productId: null,
    hops: 0,
    contentType: "application/json",
    keyId: "key_01JDB2Q5V8K3M4N6P7R8S9TAVW",
    payload: { kind: "json", text: '{"total":12}' },
  };
}
