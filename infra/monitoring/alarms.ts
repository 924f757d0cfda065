import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Alarm, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { WorkQueue } from "../constructs/work-queue.ts";
import type { MadeFunctions } from "../make-function.ts";
import type { Queues } from "../queues.ts";
import type { Settings } from "../settings/settings.ts";
import type { Storage } from "../storage.ts";
import * as conditions from "./alarm-conditions.ts";

export interface Watched {
  readonly queues: Queues;
  readonly functions: MadeFunctions;
  readonly settings: Settings;
  readonly storage: Storage;
  readonly httpApi: HttpApi;
}

/** An alarm can look at ten metrics; eight make two alarms of the most delivery queues that there are. */
const metricsPerAlarm = 8;

/** What somebody must look at. Each alarm has its heading in docs/runbook.md. */
export class Alarms extends Construct {
  readonly #topicArn: string | undefined;

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { queues, functions, settings, storage, httpApi } = watched;
    this.#topicArn = settings.alarmTopicArn;

    for (let shard = 0; shard < queues.deliveries.length; shard += metricsPerAlarm) {
      const watched = queues.deliveries.slice(shard, shard + metricsPerAlarm);
      this.#watch(`Delivery${shard === 0 ? "" : shard + 1}`, "delivery", ...watched);
    }
    this.#watch("Newcomer", "newcomer", queues.newcomer);
    this.#watch("Slow", "slow", queues.slow);
    this.#watch("Retry", "retry", queues.retry);
    this.#watch("FanOut", "fan-out", queues.fanOut);
    this.#watch("Recover", "recover", queues.recover);
    if (queues.ingests.length > 0) this.#watch("Ingest", "ingest", ...queues.ingests);
    this.#raise("GatewayFails", conditions.apiFails(httpApi, functions));
    this.#raise("TablesThrottled", conditions.tablesThrottled(storage));
    this.#raise("Throttled", conditions.throttled(functions));
    this.#raise("RecursionsDropped", conditions.recursionsDropped(functions));
    if (!settings.metrics) return;
    this.#raise("OldestUndelivered", conditions.oldestUndelivered(settings));
    this.#raise("FailureShare", conditions.failureShare(settings));
    this.#raise("SweeperLate", conditions.sweeperLate(settings));
    if (settings.outbox) {
      this.#raise("OutboxRefused", conditions.outboxRefused(settings));
      this.#raise("OutboxWaits", conditions.outboxWaits(settings));
    }
    this.#raise("KeysRefused", conditions.keysRefused(settings));
  }

  #watch(id: string, queueName: string, ...queues: WorkQueue[]): void {
    this.#raise(`${id}DeadLetters`, conditions.hasDeadLetters(queueName, queues));
    this.#raise(`${id}Waits`, conditions.waitsTooLong(queueName, queues));
  }

  #raise(id: string, { heading, ...condition }: conditions.AlarmCondition): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: `${heading}: see docs/runbook.md`,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...condition,
    });
    const alarmActionArn = this.#topicArn;
    if (alarmActionArn) alarm.addAlarmAction({ bind: () => ({ alarmActionArn }) });
  }
}
