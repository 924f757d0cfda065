import { App, CfnOutput, Stack } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Hookcast } from "hookcast";

const app = new App();
const stack = new Stack(app, "Payments");

const onCall = new Topic(stack, "OnCall", { enforceSSL: true });
const webhooks = new Hookcast(stack, "Webhooks", {
  retentionDays: 7,
  allowedOrigins: ["https://console.client.example"],
  alarmTopicArn: onCall.topicArn,
});

new CfnOutput(stack, "WebhooksUrl", { value: webhooks.apiUrl });
new CfnOutput(stack, "ApiKeysTable", webhooks.outputs.ApiKeysTable);
