import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import type { Construct } from "constructs";
import type { Settings } from "../settings/settings.ts";

/** AWS tells a stack's cost apart only by tags that an account must first activate: the budget is the account's. */
export function addBudget(scope: Construct, { monthlyBudgetUsd, budgetEmail }: Settings): void {
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
