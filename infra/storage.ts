import { RemovalPolicy } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from "aws-cdk-lib/aws-dynamodb";
import { type IKey, Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { Settings } from "./settings/settings.ts";

/** What outlives a deployment: its tables, and the key under which secrets are encrypted. */
export class Storage extends Construct {
  readonly webhooks: Table;
  readonly messages: Table;
  readonly deliveries: Table;
  readonly apiKeys: Table;
  /** To which callers write events in transactions of their own; absent: they do not. */
  readonly outbox: Table | undefined;
  readonly dataKey: IKey;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const removalPolicy = removalPolicies[settings.removalPolicy];
    const isKept = settings.removalPolicy === "retain";
    const fate = { removalPolicy, deletionProtection: settings.deletionProtection ?? isKept };

    this.webhooks = rowsTable(this, "Webhooks", fate);
    this.messages = rowsTable(this, "Messages", fate);
    this.deliveries = rowsTable(this, "Deliveries", fate);
    // Sparse: a delivery has a row here only while it is not delivered, so a success costs nothing more.
    this.deliveries.addGlobalSecondaryIndex({
      indexName: "undelivered",
      partitionKey: { name: "undelivered", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: summaryAttributes,
    });
    // Sparser still: a row while an attempt is to come. Its keys are all it holds, so that further attempts
    // do not write to it.
    this.deliveries.addGlobalSecondaryIndex({
      indexName: "waiting",
      partitionKey: { name: "waiting", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });

    this.apiKeys = new Table(this, "ApiKeys", {
      ...tableDefaults,
      ...fate,
      partitionKey: { name: "keyId", type: AttributeType.STRING },
    });

    this.outbox = settings.outbox ? outboxTable(this, fate) : undefined;

    this.dataKey = settings.dataKeyArn
      ? Key.fromKeyArn(this, "GivenDataKey", settings.dataKeyArn)
      : new Key(this, "DataKey", {
          description: "Wraps the data key that encrypts webhooks' secrets and custom headers",
          enableKeyRotation: true,
          removalPolicy,
        });
  }
}

const removalPolicies = { retain: RemovalPolicy.RETAIN, destroy: RemovalPolicy.DESTROY };

/** What a list of deliveries shows: all but the attempts, whose answers are the bulk of a row. */
const summaryAttributes = [
  ...["v", "webhookId", "messageId", "topicName", "event", "status", "generation", "error"],
  ...["attemptCount", "publishedTimeMs", "lastAttemptTimeMs", "nextAttemptTimeMs", "expiresAt"],
];

const tableDefaults = {
  billingMode: BillingMode.PAY_PER_REQUEST,
  encryption: TableEncryption.AWS_MANAGED,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  timeToLiveAttribute: "expiresAt",
};

/** What becomes of a table when its stack goes, or somebody deletes it. */
type Fate = Required<Pick<TableProps, "removalPolicy" | "deletionProtection">>;

/** A table of rows of several kinds, told apart by what their keys begin with. */
function rowsTable(scope: Construct, id: string, fate: Fate): Table {
  return new Table(scope, id, {
    ...tableDefaults,
    ...fate,
    partitionKey: { name: "pk", type: AttributeType.STRING },
    sortKey: { name: "sk", type: AttributeType.STRING },
  });
}

/** No row goes before it is accepted, so none expires. The stream names rows, and holds no value for a day. */
function outboxTable(scope: Construct, fate: Fate): Table {
  const { timeToLiveAttribute, ...defaults } = tableDefaults;
  return new Table(scope, "Outbox", {
    ...defaults,
    ...fate,
    partitionKey: { name: "id", type: AttributeType.STRING },
    stream: StreamViewType.KEYS_ONLY,
  });
}
