import type { Receiver } from "../../support/network/receiver.ts";
import type { FaultyRun } from "./faulty-run.ts";
import { subscribeProven } from "./subscribe-proven.ts";

let topics = 0;

/** A webhook of a topic that no other test of the file has, what names it in an entry, and a number of its own. */
export async function newTopic({ call }: Pick<FaultyRun, "call">, receiver: Receiver) {
  topics += 1;
  const [cacheName, topicName] = ["orders", `t${topics}`];
  const names = { cacheName, topicName, webhookName: `w${topics}` };
  const { path } = await subscribeProven(call, receiver, names);
  return { path, target: { cacheName, topicName }, n: topics };
}
