import { type AcceptDeps, accept } from "../../shared/delivery/accept.ts";
import { openPublishDeps } from "../../shared/delivery/accept-deps.ts";
import type { MessageDraft } from "../../shared/domain/message-draft.ts";
import { Environment } from "./environment.ts";
import type { World } from "./world.ts";

/** Publishes one message; resolves to its id once it is accepted. */
export type Publish = (cacheName: string, topicName: string) => Promise<string | undefined>;

interface Host {
  readonly environment: Environment;
  readonly deps: AcceptDeps;
}

/** The publish function of a world: as many environments as there are publishes at once. */
export function openPublisher(world: World): Publish {
  const idle: Host[] = [];
  return async (cacheName, topicName) => {
    const host = idle.pop() ?? openHost(world);
    const [result] = await accept([draftFor(cacheName, topicName)], host.deps);
    idle.push(host);
    return typeof result === "string" ? result : undefined;
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
