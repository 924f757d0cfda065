import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Alarm, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { WorkQueue } from "../constructs/work-queue.ts";
import type { MadeFunctions } from "../make-function.ts";
import type { Queues } from "../queues.ts";
import type { Settings } from "../settings/settings.ts";
import type { Storage } from "../storage.ts";
import * as conditions from "./alarm-conditions.ts";
import * as queriedConditions from "./queried-conditions.ts";

export interface Watched {
  readonly queues: Queues;
  readonly functions: MadeFunctions;
  readonly settings: Settings;
  readonly storage: Storage;
  readonly httpApi: HttpApi;
}

/** An alarm can look at ten metrics; eight make two alarms of the most delivery queues that there are. */
const metricsPerAlarm = 8;

/** With more than so many queues a stack has no room for alarms that look at one thing each, and cost less while idle. */
const mostQueuesOfSingleAlarms = 8;

/** What somebody must look at. Each alarm has its heading in docs/runbook.md. */
export class Alarms extends Construct {
  readonly #topicArn: string | undefined;
  readonly #hasRoom: boolean;

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { queues, functions, settings, storage, httpApi } = watched;
    this.#topicArn = settings.alarmTopicArn;
    const queueCount = queues.deliveries.length + queues.ingests.length;
    this.#hasRoom = queueCount <= mostQueuesOfSingleAlarms;

    this.#watch("Delivery", "delivery", ...queues.deliveries);
    this.#watch("Newcomer", "newcomer", queues.newcomer);
    this.#watch("Slow", "slow", queues.slow);
    this.#watch("Retry", "retry", queues.retry);
    this.#watch("FanOut", "fan-out", queues.fanOut);
    this.#watch("Recover", "recover", queues.recover);
    if (queues.ingests.length > 0) this.#watch("Ingest", "ingest", ...queues.ingests);
    this.#raise("GatewayFails", conditions.apiFails(httpApi, functions));
    this.#watchTables(storage);
    this.#raise("Throttled", conditions.throttled(functions));
    for (const [name, fn] of functions) {
      const id = `RecursionsDroppedOf${capitalized(name)}`;
      if (fn.mayLoop) this.#raise(id, queriedConditions.recursionDropped(fn));
    }
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
    if (this.#hasRoom) {
      for (const [index, queue] of queues.entries()) {
        const condition = queriedConditions.hasDeadLetters(queueName, queue);
        this.#raise(`${numbered(id, index)}DeadLetters`, condition);
      }
    }
    for (let first = 0; first < queues.length; first += metricsPerAlarm) {
      const few = queues.slice(first, first + metricsPerAlarm);
      const name = numbered(id, first);
      if (!this.#hasRoom) {
        this.#raise(`${name}DeadLetters`, conditions.haveDeadLetters(queueName, few));
      }
      this.#raise(`${name}Waits`, conditions.waitsTooLong(queueName, few));
    }
  }

  #watchTables(storage: Storage): void {
    if (!this.#hasRoom) {
      this.#raise("TablesThrottled", conditions.tablesThrottled(storage));
      return;
    }
    for (const name of ["webhooks", "messages", "deliveries", "apiKeys"] as const) {
      for (const kind of ["Read", "Write"] as const) {
        const condition = queriedConditions.tableThrottled(storage[name], kind);
        this.#raise(`${capitalized(name)}${kind}sThrottled`, condition);
      }
    }
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

/** `Delivery`, `Delivery2` and so on, as the queues are called. */
function numbered(id: string, index: number): string {
  return index === 0 ? id : `${id}${index + 1}`;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
