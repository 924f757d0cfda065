import type { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";

/** What outlives a deployment: four tables, and the key under which secrets are encrypted. */
export class Storage extends Construct {
  readonly webhooks: Table;
  readonly messages: Table;
  readonly deliveries: Table;
  readonly apiKeys: Table;
  readonly dataKey: Key;

  constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy) {
    super(scope, id);

    this.webhooks = rowsTable(this, "Webhooks", removalPolicy);
    this.messages = rowsTable(this, "Messages", removalPolicy);
    this.deliveries = rowsTable(this, "Deliveries", removalPolicy);

    this.apiKeys = new Table(this, "ApiKeys", {
      ...tableDefaults,
      removalPolicy,
      partitionKey: { name: "keyId", type: AttributeType.STRING },
    });

    this.dataKey = new Key(this, "DataKey", {
      description: "Wraps the data key that encrypts webhooks' secrets and custom headers",
      enableKeyRotation: true,
      removalPolicy,
    });
  }
}

const tableDefaults = {
  billingMode: BillingMode.PAY_PER_REQUEST,
  encryption: TableEncryption.AWS_MANAGED,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  timeToLiveAttribute: "expiresAt",
};

/** A table of rows of several kinds, told apart by what their keys begin with. */
function rowsTable(scope: Construct, id: string, removalPolicy: RemovalPolicy): Table {
  return new Table(scope, id, {
    ...tableDefaults,
    removalPolicy,
    partitionKey: { name: "pk", type: AttributeType.STRING },
    sortKey: { name: "sk", type: AttributeType.STRING },
  });
}
