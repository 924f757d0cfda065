import { Match } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";

const { template } = synthesize();
const tables = Object.entries(template.findResources("AWS::DynamoDB::Table"));

test("the tables keep their logical ids, for a new id would be a new and empty table", () => {
  expect(tables.map(([id]) => id)).toEqual([
    "StorageWebhooksD52FC28E",
    "StorageMessagesEB8091F1",
    "StorageDeliveriesE42B5069",
    "StorageApiKeys7B037C32",
  ]);
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

test("rows are keyed by pk and sk, API keys by their id alone", () => {
  const keys = tables.map(([, { Properties }]) =>
    Properties.KeySchema.map((key: { AttributeName: string }) => key.AttributeName).join(),
  );
  expect(keys).toEqual(["pk,sk", "pk,sk", "pk,sk", "keyId"]);
});

test("the key rotates and outlives the stack", () => {
  template.hasResource("AWS::KMS::Key", {
    DeletionPolicy: "Retain",
    Properties: Match.objectLike({ EnableKeyRotation: true }),
  });
});

test("a deployment that is to leave nothing behind may say so", () => {
  const { template: disposable } = synthesize({ removalPolicy: "destroy" });
  disposable.allResources("AWS::DynamoDB::Table", { DeletionPolicy: "Delete" });
  disposable.allResources("AWS::KMS::Key", { DeletionPolicy: "Delete" });
});
