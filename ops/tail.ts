/** `npm run tail`: follows the deliveries of a webhook as their attempts are recorded. */
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { openWebhookStore } from "../shared/store/webhooks/webhook-store.ts";
import { connect } from "./connect.ts";
import { onceParentIsGone } from "./parent-gone.ts";
import { parseTailArguments, usage } from "./tail/arguments.ts";
import { openFollower } from "./tail/follower.ts";
import { lineAsJson, lineAsText, type TailLine } from "./tail/line.ts";
import { followOn } from "./tail/loop.ts";
import { openTailSource } from "./tail/source.ts";

async function main(args: string[]): Promise<void> {
  const { webhook, status, since = 0, json, body, help } = parseTailArguments(args);
  if (help) return console.log(usage);
  connect();
  const sinceMs = Date.now() - since;
  const home = await openWebhookStore().findLocation(webhook);
  if (!home) throw new Error(`there is no webhook ${webhook}`);
  stopOnDemand();
  const state = home.deletedTimeMs === undefined ? "" : ", which was deleted";
  console.error(`following ${home.webhookName} of the cache ${home.cacheName}${state}`);

  const print = async (line: TailLine) => {
    if (status !== undefined && line.status !== status) return;
    const text = json ? lineAsJson(line, body) : lineAsText(line, body);
    if (!process.stdout.write(`${text}\n`)) await once(process.stdout, "drain");
  };
  await followOn(openFollower(openTailSource(webhook), sinceMs, Date.now), {
    print,
    tell: console.error,
    pause: (ms) => wait(ms, true),
  });
}

/** It only reads, so that it may end wherever it is. */
function stopOnDemand(): void {
  const stop = () => process.exit(0);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, stop);
  // The reader of a pipe has seen enough.
  process.stdout.once("error", stop);
  if (process.env.npm_lifecycle_event) onceParentIsGone(stop);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
