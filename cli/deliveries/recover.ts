import { setTimeout as pause } from "node:timers/promises";
import { type Command, Option } from "commander";
import type * as z from "zod/mini";
import { HookcastError } from "../../client/errors.ts";
import { runningRecovery } from "../../client/running-recovery.ts";
import { type Recovery, RecoveryMode, StatusClass } from "../../shared/contract/recovery.ts";
import type { EventCode } from "../../shared/contract/values/event.ts";
import { each, event, moment } from "../option-values.ts";
import type { Facts } from "../output/facts.ts";
import { Failure } from "../output/failure.ts";
import { startProgress } from "../output/progress.ts";
import { shellCommand } from "../shell-command.ts";
import { stopSignal } from "../stop-signal.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { type Session, withService } from "../with-service.ts";

interface RecoverOptions {
  readonly since?: string;
  readonly until?: string;
  readonly mode: "failed" | "missing";
  readonly message?: string[];
  readonly event?: EventCode;
  readonly statusClass?: z.infer<typeof StatusClass>;
  readonly dryRun?: true;
  readonly job?: string;
}

export function addRecover(deliveries: Command): void {
  deliveries
    .command("recover")
    .description("Send again everything that failed in a period, and wait until it is done.")
    .argument(...webhookArgument)
    .option(
      "--since <time>",
      "only messages published at this time or later: 24h, or a time",
      moment,
    )
    .option("--until <time>", "only messages published before this time", moment)
    .addOption(
      new Option("--mode <mode>", "deliveries that failed, or messages without a delivery")
        .choices(RecoveryMode.options)
        .default("failed"),
    )
    .option("--message <id>", "only this message, msg_…; repeat it for several", each(String))
    .option("--event <event>", "only messages of this event", event)
    .addOption(
      new Option(
        "--status-class <class>",
        "only deliveries whose last answer was of this class, or none",
      ).choices(StatusClass.options),
    )
    .option("--dry-run", "only count, and send nothing")
    .option("--job <id>", "wait for a recovery that was started before, job_…")
    .action((webhook: string, options: RecoverOptions, command: Command) =>
      withService(command, async (session) => {
        const webhookId = await webhookIdOf(session.client, webhook);
        const follow = (id: string) => shellCommand("deliveries recover", [webhook], ["--job", id]);
        const jobId = options.job ?? (await start(session, webhookId, options, follow));
        const again = follow(jobId);
        const recovery = await followRecovery(session, { webhookId, jobId }, again);
        session.output.show({ jobId, ...recovery }, recoveryFacts(recovery));
        if (recovery.state === "stopped") {
          throw new Failure("incomplete", stoppedMessage);
        }
      }),
    );
}

/** Starts one, or tells how to wait for the one that runs. */
async function start(
  { client, output }: Session,
  webhookId: string,
  options: RecoverOptions,
  follow: (jobId: string) => string,
): Promise<string> {
  const { message: messageIds, job: _, ...filter } = options;
  if (filter.since === undefined && messageIds === undefined) {
    throw new Failure("usage", "give --since (such as 24h), --message or --job");
  }
  try {
    const started = await client.recoverDeliveries({ webhookId, messageIds, ...filter });
    if (started.held) output.note(heldNote);
    return started.jobId;
  } catch (error) {
    const running = runningRecovery(error);
    if (!(error instanceof HookcastError) || running === undefined) throw error;
    const { message, code, requestId, details } = error;
    const advice = `To wait for it: ${follow(running)}`;
    throw new Failure("refused", message, { code, requestId, details, advice });
  }
}

/** What is sent again while deliveries are held back has not arrived. */
export const heldNote =
  "Deliveries to this webhook are held back for now, so what is sent again waits. " +
  "`hookcast status` shows the webhook.";

const stoppedMessage =
  "it stopped: the webhook was deleted or became inactive, or another recovery replaced it " +
  "after it stalled";

function recoveryFacts({ state, matched, enqueued, dryRun }: Recovery): Facts {
  return [
    ["state", state],
    ["found", matched],
    dryRun ? ["sent again", "none, because this was a dry run"] : ["sent again", enqueued],
  ];
}

const pollMs = 1_000;

/** Waits until a recovery has ended. Ctrl-C ends the waiting; the recovery goes on, and `again` waits for it. */
export async function followRecovery(
  { client, output }: Session,
  job: { readonly webhookId: string; readonly jobId: string },
  again: string,
): Promise<Recovery> {
  const signal = stopSignal();
  using progress = startProgress("{bar} {value} of {total} found so far are sent again");
  for (;;) {
    try {
      const recovery = await client.getRecovery(job, { signal });
      progress.update(recovery.enqueued, recovery.matched);
      if (recovery.state !== "running") return recovery;
      await pause(pollMs, undefined, { signal });
    } catch (error) {
      const hint = `The recovery continues without this command. To see its progress: ${again}`;
      progress.aside(() => output.note(hint));
      throw signal.aborted ? signal.reason : error;
    }
  }
}
