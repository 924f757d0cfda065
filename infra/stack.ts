import { type App, CfnOutput, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Alarms } from "./alarms.ts";
import { Api } from "./api.ts";
import { addBudget } from "./budget.ts";
import { connectionsTo } from "./connections.ts";
import type { Bundles } from "./constructs/bundle.ts";
import { addDashboard } from "./dashboard.ts";
import { grants } from "./grants.ts";
import { functionMaker } from "./make-function.ts";
import { Queues } from "./queues.ts";
import type { Settings } from "./settings.ts";
import { Storage } from "./storage.ts";
import { Workers } from "./workers.ts";

/** The architecture, top to bottom. */
export class HookcastStack extends Stack {
  constructor(app: App, settings: Settings, bundles: Pick<Bundles, "folderOf">) {
    super(app, settings.stackName, { description: "Hookcast: webhooks as a service" });

    const storage = new Storage(this, "Storage", removalPolicies[settings.removalPolicy]);
    const queues = new Queues(this, "Queues", settings.deliveryShards);

    const links = grants(connectionsTo(storage, queues, settings));
    const { makeFunction, functions } = functionMaker(bundles, links, settings);

    const api = new Api(this, "Api", makeFunction, settings);
    new Workers(this, "Workers", makeFunction, queues, settings);
    new Alarms(this, "Alarms", { queues, functions, settings });
    addBudget(this, settings);
    addDashboard(this, { queues, functions, settings });

    this.output("ApiUrl", api.url);
    this.output("WebhooksTable", storage.webhooks.tableName);
    this.output("MessagesTable", storage.messages.tableName);
    this.output("DeliveriesTable", storage.deliveries.tableName);
    this.output("ApiKeysTable", storage.apiKeys.tableName);
    this.output("DeliveryQueue", queues.delivery.queue.queueUrl);
    this.output("FanOutQueue", queues.fanOut.queue.queueUrl);
    this.output("SlowQueue", queues.slow.queue.queueUrl);
    this.output("RetryQueue", queues.retry.queue.queueUrl);
    this.output("RecoverQueue", queues.recover.queue.queueUrl);
    this.output("DataKey", storage.dataKey.keyArn);
  }

  private output(name: string, value: string): void {
    new CfnOutput(this, name, { value });
  }
}

const removalPolicies = { retain: RemovalPolicy.RETAIN, destroy: RemovalPolicy.DESTROY };
