import { Hookcast } from "@hookcast/cdk";
import { App, CfnOutput, Stack } from "aws-cdk-lib";
import { EventBus, EventField, Rule } from "aws-cdk-lib/aws-events";
import { AccountPrincipal, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnPipe } from "aws-cdk-lib/aws-pipes";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { SqsDestination } from "aws-cdk-lib/aws-s3-notifications";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Queue } from "aws-cdk-lib/aws-sqs";

const app = new App();
const stack = new Stack(app, "Events");
// For `cdk synth -c local=true`: receivers of a local run are on the same machine.
const isLocal = app.node.tryGetContext("local") === "true";
const webhooks = new Hookcast(stack, "Webhooks", {
  allowPrivateDestinations: isLocal,
  ingest: true,
  ingestSources: [
    { name: "shop", caches: ["orders"] },
    { name: "news", caches: ["news"], wrap: { cacheName: "news", topicName: "posted" } },
    { name: "uploads", caches: ["files"], wrap: { cacheName: "files", topicName: "created" } },
  ],
});

// A role that sends entries to the queue by itself, such as a function's.
const shop = new Role(stack, "Shop", { assumedBy: new AccountPrincipal(stack.account) });
webhooks.grantPublish(shop, { source: "shop" });

// Events of a bus, of which a part is published.
const bus = new EventBus(stack, "Bus");
const paid = new Rule(stack, "Paid", {
  eventBus: bus,
  eventPattern: { source: ["shop"], detailType: ["order paid"] },
});
webhooks.publishFrom(paid, {
  source: "shop",
  cacheName: "orders",
  topicName: "paid",
  event: "order.paid",
  value: { order: EventField.fromPath("$.detail.id"), time: EventField.time },
});

// Messages of a topic of SNS, as they are.
const news = new Topic(stack, "News", { enforceSSL: true });
webhooks.publishFromTopic(news, { source: "news" });

// What S3 tells of new objects.
const uploads = new Bucket(stack, "Uploads", { enforceSSL: true });
uploads.addObjectCreatedNotification(
  new SqsDestination(webhooks.ingestQueue({ source: "uploads" })),
);

// What a pipe reads, such as another queue, a table's stream or Kinesis.
const returns = new Queue(stack, "Returns", { enforceSSL: true });
const pipe = new Role(stack, "Pipe", { assumedBy: new ServicePrincipal("pipes.amazonaws.com") });
returns.grantConsumeMessages(pipe);
webhooks.grantPublish(pipe, { source: "shop" });
new CfnPipe(stack, "Returned", {
  roleArn: pipe.roleArn,
  source: returns.queueArn,
  target: webhooks.ingestQueue({ source: "shop" }).queueArn,
  targetParameters: {
    inputTemplate: '{"cacheName":"orders","topicName":"returned","value":<$.body>}',
  },
});

new CfnOutput(stack, "WebhooksUrl", { value: webhooks.apiUrl });
new CfnOutput(stack, "ApiKeysTable", webhooks.outputs.ApiKeysTable);
new CfnOutput(stack, "ShopQueue", { value: webhooks.ingestQueue({ source: "shop" }).queueUrl });
new CfnOutput(stack, "ShopBus", { value: bus.eventBusName });
new CfnOutput(stack, "UploadsQueue", {
  value: webhooks.ingestQueue({ source: "uploads" }).queueUrl,
});
new CfnOutput(stack, "NewsTopic", { value: news.topicArn });
