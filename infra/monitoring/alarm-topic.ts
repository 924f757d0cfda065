import { Stack, Token } from "aws-cdk-lib";
import { CfnTopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { badSettings, type Settings } from "../settings/settings.ts";

/**
 * Refuses a topic of the same app that CloudWatch cannot publish to: under the key that AWS manages for SNS, whose
 * policy nobody can change, alarms are dropped in silence.
 */
export function assertAlarmTopic(scope: Construct, { alarmTopicArn }: Settings): void {
  if (!Token.isUnresolved(alarmTopicArn)) return;
  const inText = (value: unknown) => JSON.stringify(Stack.of(scope).resolve(value)) ?? "";
  const topic = scope.node.root.node
    .findAll()
    .filter((construct) => construct instanceof CfnTopic)
    .find((candidate) => inText(candidate.ref) === inText(alarmTopicArn));
  if (!topic || !inText(topic.kmsMasterKeyId).includes("alias/aws/sns")) return;
  throw badSettings(scope.node.path, [
    "alarmTopicArn: CloudWatch cannot publish to a topic under the key that AWS manages (alias/aws/sns); use a key of your own, or none",
  ]);
}
