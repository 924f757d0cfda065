import { Hookcast } from "@hookcast/cdk";
import { App, CfnOutput, Stack } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";

const app = new App();
const stack = new Stack(app, "Payments");

const onCall = new Topic(stack, "OnCall", { enforceSSL: true });
// With a policy of its own a topic loses the one by which alarms of its account reach it.
onCall.grantPublish(
  new ServicePrincipal("cloudwatch.amazonaws.com", {
    conditions: { StringEquals: { "aws:SourceAccount": stack.account } },
  }),
);
const webhooks = new Hookcast(stack, "Webhooks", {
  retentionDays: 7,
  allowedOrigins: ["https://console.client.example"],
  alarmTopicArn: onCall.topicArn,
});

new CfnOutput(stack, "WebhooksUrl", { value: webhooks.apiUrl });
new CfnOutput(stack, "ApiKeysTable", webhooks.outputs.ApiKeysTable);
