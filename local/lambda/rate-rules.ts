import { randomUUID } from "node:crypto";
import { accountId, localRegion } from "../aws/arn.ts";
import type { RateRule, RateTarget } from "../template/rules.ts";
import type { Invoke } from "./functions.ts";
import type { Log } from "./log-lines.ts";

export interface Schedule {
  /** Waits for what is under way. */
  stop: () => Promise<void>;
}

/** Invokes every rule's targets at its rate; a target that is still running is left to finish instead. */
export function startRules(rules: RateRule[], invoke: Invoke, log: Log): Schedule {
  const running = new Map<RateTarget, Promise<void>>();

  async function run({ functionName, input }: RateTarget, ruleArn: string): Promise<void> {
    try {
      await invoke(functionName, input ?? scheduledEvent(ruleArn));
    } catch (error) {
      log(`[${functionName}] failed: ${error instanceof Error ? error.message : error}`);
    }
  }

  function fire({ arn, targets }: RateRule): void {
    for (const target of targets) {
      if (running.has(target)) continue;
      running.set(
        target,
        run(target, arn).finally(() => running.delete(target)),
      );
    }
  }

  const timers = rules.map((rule) => setInterval(() => fire(rule), rule.periodMs));
  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}

/** The event that EventBridge makes when a target names no input of its own. */
function scheduledEvent(ruleArn: string): object {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: accountId,
    time: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    region: localRegion,
    resources: [ruleArn],
    detail: {},
  };
}
