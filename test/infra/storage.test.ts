import { Match } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { statementsByRole } from "./permissions/function-roles.ts";
import { synthesize } from "./synthesize.ts";

const { template } = synthesize();
const tables = Object.entries(template.findResources("AWS::DynamoDB::Table"));

/** What CloudFormation would replace a table over, and with it all rows. Only ever added to. */
const storedTables = {
  StorageWebhooksD52FC28E: { keys: ["pk S HASH", "sk S RANGE"], indexes: {} },
  StorageMessagesEB8091F1: { keys: ["pk S HASH", "sk S RANGE"], indexes: {} },
  StorageDeliveriesE42B5069: {
    keys: ["pk S HASH", "sk S RANGE"],
    indexes: {
      undelivered: ["undelivered S HASH", "sk S RANGE"],
      waiting: ["waiting S HASH", "sk S RANGE"],
    },
  },
  StorageApiKeys7B037C32: { keys: ["keyId S HASH"], indexes: {} },
};

test("an update replaces no table and no index: ids and keys stay", () => {
  expect(
    Object.fromEntries(tables.map(([id, { Properties }]) => [id, keysOf(Properties)])),
  ).toEqual(storedTables);
});

test("no table has a name of its own choosing, which an update could not replace it under", () => {
  for (const [, { Properties }] of tables) expect(Properties).not.toHaveProperty("TableName");
});

test("the key keeps its logical id, for without it no secret can be read", () => {
  expect(Object.keys(template.findResources("AWS::KMS::Key"))).toEqual(["StorageDataKeyE15BA43B"]);
});

test.each(tables)("%s is on demand, encrypted, recoverable, and expires its rows", (_id, table) => {
  expect(table.Properties).toMatchObject({
    BillingMode: "PAY_PER_REQUEST",
    SSESpecification: { SSEEnabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
  });
});

test.each(tables)("%s outlives the stack", (_id, table) => {
  expect(table).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
});

test("the key rotates and outlives the stack", () => {
  template.hasResource("AWS::KMS::Key", {
    DeletionPolicy: "Retain",
    Properties: Match.objectLike({ EnableKeyRotation: true }),
  });
});

test("a key of the owner's own takes the place of the stack's", () => {
  const dataKeyArn = "arn:aws:kms:us-east-1:123456789012:key/0e5c2f5c-1111-2222-3333-444455556666";
  const { template: guarded } = synthesize({ dataKeyArn });
  guarded.resourceCountIs("AWS::KMS::Key", 0);
  const uses = [...statementsByRole(guarded).values()]
    .flat()
    .filter(({ Action }) => Action.some((action) => action.startsWith("kms:")));
  expect(new Set(uses.flatMap(({ Resource }) => Resource))).toEqual(new Set([dataKeyArn]));
});

test("a deployment that is to leave nothing behind may say so", () => {
  const { template: disposable } = synthesize({ removalPolicy: "destroy" });
  disposable.allResources("AWS::DynamoDB::Table", { DeletionPolicy: "Delete" });
  disposable.allResources("AWS::KMS::Key", { DeletionPolicy: "Delete" });
});

test("tables refuse to be deleted where they outlive the stack, unless the deployment says otherwise", () => {
  const isProtected = (settings: Record<string, unknown>, DeletionProtectionEnabled: boolean) =>
    synthesize(settings).template.allResourcesProperties("AWS::DynamoDB::Table", {
      DeletionProtectionEnabled,
    });
  isProtected({}, true);
  isProtected({ deletionProtection: false }, false);
  isProtected({ removalPolicy: "destroy" }, false);
});

interface TableProperties {
  readonly KeySchema: Key[];
  readonly AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
  readonly GlobalSecondaryIndexes?: { IndexName: string; KeySchema: Key[] }[];
}

interface Key {
  readonly AttributeName: string;
  readonly KeyType: string;
}

function keysOf({ KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] }: TableProperties) {
  const types = new Map(
    AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
  );
  const inWords = (schema: Key[]) =>
    schema.map(({ AttributeName, KeyType }) =>
      [AttributeName, types.get(AttributeName), KeyType].join(" "),
    );
  return {
    keys: inWords(KeySchema),
    indexes: Object.fromEntries(
      GlobalSecondaryIndexes.map(({ IndexName, KeySchema }) => [IndexName, inWords(KeySchema)]),
    ),
  };
}
