import { Duration } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { Alarm, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { WorkQueue } from "./constructs/work-queue.ts";
import type { Queues } from "./queues.ts";
import type { Settings } from "./settings.ts";

/** What somebody must look at. Each alarm has its heading in docs/runbook.md. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, queues: Queues, settings: Settings) {
    super(scope, id);
    addBudget(this, settings);
    const { alarmTopicArn } = settings;

    const alarms = [
      ...queues.deliveries.map((queue, shard) =>
        this.deadLetters(`DeliveryDeadLetters${shard === 0 ? "" : shard + 1}`, "delivery", queue),
      ),
      this.deadLetters("RetryDeadLetters", "retry", queues.retry),
      this.deadLetters("FanOutDeadLetters", "fan-out", queues.fanOut),
      this.deadLetters("RecoverDeadLetters", "recover", queues.recover),
    ];
    if (alarmTopicArn === undefined) return;
    for (const alarm of alarms) {
      alarm.addAlarmAction({ bind: () => ({ alarmActionArn: alarmTopicArn }) });
    }
  }

  /** One message is enough: only what our own code could not handle ends there. */
  private deadLetters(id: string, queueName: string, { deadLetters }: WorkQueue): Alarm {
    return new Alarm(this, id, {
      alarmDescription: `Messages in the ${queueName} dead-letter queue: see docs/runbook.md`,
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

/** AWS tells a stack's cost apart only by tags that an account must first activate: the budget is the account's. */
function addBudget(scope: Construct, { monthlyBudgetUsd, budgetEmail }: Settings): void {
  if (monthlyBudgetUsd === undefined || budgetEmail === undefined) return;
  const mail = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
    notification: {
      notificationType,
      comparisonOperator: "GREATER_THAN",
      threshold,
      thresholdType: "PERCENTAGE",
    },
    subscribers: [{ subscriptionType: "EMAIL", address: budgetEmail }],
  });
  new CfnBudget(scope, "Budget", {
    budget: {
      budgetType: "COST",
      timeUnit: "MONTHLY",
      budgetLimit: { amount: monthlyBudgetUsd, unit: "USD" },
    },
    notificationsWithSubscribers: [mail("ACTUAL", 80), mail("FORECASTED", 100)],
  });
}
