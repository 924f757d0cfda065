import { Names, Tags } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import type { Rule } from "aws-cdk-lib/aws-events";
import type { Grant, IGrantable } from "aws-cdk-lib/aws-iam";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { Api } from "./api.ts";
import { Console } from "./console/console.ts";
import { Egress } from "./egress.ts";
import { type FunctionCode, shippedCode } from "./function-code.ts";
import {
  addRule,
  addTopic,
  type FromRule,
  type FromSource,
  grantSend,
  queueOf,
} from "./ingest-access.ts";
import { functionMaker } from "./make-function.ts";
import { assertAlarmTopic } from "./monitoring/alarm-topic.ts";
import { Alarms } from "./monitoring/alarms.ts";
import { addBudget } from "./monitoring/budget.ts";
import { addDashboard } from "./monitoring/dashboard.ts";
import { type Outputs, outputsOf } from "./outputs.ts";
import { connectionsTo } from "./permissions/connections.ts";
import { grants } from "./permissions/grants.ts";
import { Queues } from "./queues.ts";
import { assertRegion } from "./settings/regions.ts";
import { parseSettings, type Settings } from "./settings/settings.ts";
import { Storage } from "./storage.ts";
import { Workers } from "./workers.ts";

/** What docs/settings.md lists; the name is made of the construct's path. */
export type HookcastProps = Partial<Omit<Settings, "stackName">>;

/** Webhooks as a service, as a part of a stack: the architecture, top to bottom. */
export class Hookcast extends Construct {
  /** Where the API answers. */
  readonly apiUrl: string;
  /** What operators' programs and people look for, by the names that they know it by. */
  readonly outputs: Outputs;
  readonly #queues: Queues;
  readonly #outbox: ITable | undefined;

  constructor(
    scope: Construct,
    id: string,
    props: HookcastProps = {},
    code: FunctionCode = shippedCode,
  ) {
    super(scope, id);
    const settings = parseSettings({ ...props, stackName: nameOf(this) }, this.node.path);
    assertRegion(this, settings);
    assertAlarmTopic(this, settings);

    const storage = new Storage(this, "Storage", settings);
    const queues = new Queues(this, "Queues", settings);
    this.#queues = queues;
    this.#outbox = storage.outbox;

    const egress = new Egress(this, "Egress", settings);
    const ownAddresses: string[] = [];
    let console: Console | undefined;
    const links = grants(
      connectionsTo(storage, queues, settings, ownAddresses, () => console?.url, egress),
    );
    const { makeFunction, functions } = functionMaker(code, links, settings);

    const api = new Api(this, "Api", makeFunction, settings);
    console = settings.console
      ? new Console(this, "Console", {
          apiUrl: api.url,
          folder: code.folderOf("console"),
          settings,
        })
      : undefined;
    ownAddresses.push(...api.addresses, ...(console ? [console.url] : []));
    new Workers(this, "Workers", makeFunction, queues, storage, settings);
    const watched = { queues, functions, settings, storage, httpApi: api.httpApi };
    if (settings.alarms) new Alarms(this, "Alarms", watched);
    addBudget(this, settings);
    addDashboard(this, watched);

    for (const [name, value] of Object.entries(settings.tags)) Tags.of(this).add(name, value);
    this.apiUrl = api.url;
    this.outputs = outputsOf({ storage, queues, api, console, egress });
  }

  /** The queue whose messages are published, for what knows SQS alone, such as a bucket's notifications. */
  ingestQueue(from: FromSource = {}): IQueue {
    return queueOf(this.#queues.ingests, from).queue;
  }

  /** Lets a role publish through the queue. */
  grantPublish(grantee: IGrantable, from: FromSource = {}): Grant {
    return grantSend(queueOf(this.#queues.ingests, from), grantee);
  }

  /** The table whose rows are published, for the variables of what writes to it. */
  outboxTable(): ITable {
    if (!this.#outbox) throw new Error("there is no outbox: set `outbox: true`");
    return this.#outbox;
  }

  /** Lets a role write to the outbox, in a transaction or alone, and neither read nor delete what is there. */
  grantOutbox(grantee: IGrantable): Grant {
    return this.outboxTable().grant(grantee, "dynamodb:PutItem");
  }

  /** Publishes each event that the rule of an event bus matches. */
  publishFrom(rule: Rule, from: FromRule): void {
    addRule(queueOf(this.#queues.ingests, from), rule, from);
  }

  /** Publishes each message of an SNS topic, whole, to where the source wraps it. */
  publishFromTopic(topic: ITopic, from: FromSource): void {
    addTopic(queueOf(this.#queues.ingests, from), topic);
  }
}

/** Tells two deployments in one account and region apart; of a stack of its own it is the stack's name. */
function nameOf(construct: Construct): string {
  return Names.uniqueResourceName(construct, {
    maxLength: 100,
    separator: "-",
    allowedSpecialCharacters: "-",
  });
}
