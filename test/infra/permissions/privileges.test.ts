import { expect, test } from "vitest";
import { synthesize } from "../synthesize.ts";
import { functionRoles, withoutHash } from "./function-roles.ts";

const { template } = synthesize({ ingest: true, outbox: true, publishUrl: true });

const roles = functionRoles(template).map(({ functionId, statements }) => ({
  name: withoutHash(functionId),
  statements,
}));

function actionsOf(name: string, on = ""): string[] {
  const role = roles.find((candidate) => candidate.name === name);
  if (role === undefined) throw new Error(`No role of ${name}`);
  return role.statements
    .filter(({ Resource }) => JSON.stringify(Resource).includes(`"${on}`))
    .flatMap(({ Action }) => Action)
    .sort();
}

test.each(roles)(
  "$name has no wildcard, no scan of a table but the outbox, and only resources of this stack",
  (role) => {
    const own = Object.keys(template.toJSON().Resources);
    for (const { Action, Resource } of role.statements) {
      const isOutbox = JSON.stringify(Resource).includes('"StorageOutbox');
      for (const action of Action) expect(action).not.toMatch(isOutbox ? /\*/ : /\*|Scan/);
      for (const resource of Resource) {
        const arn = { "Fn::GetAtt": [expect.toBeOneOf(own), expect.stringMatching(/Arn$/)] };
        const index = { "Fn::Join": ["", [arn, expect.stringMatching(/^\/index\/[a-z]+$/)]] };
        expect(resource).toEqual(expect.toBeOneOf([arn, index]));
      }
    }
  },
);

test("no role has a managed policy", () => {
  const all = Object.values(template.findResources("AWS::IAM::Role"));
  expect(all.every(({ Properties }) => Properties.ManagedPolicyArns === undefined)).toBe(true);
});

test("every use of the key is tied to its purpose", () => {
  const uses = roles.flatMap(({ statements }) =>
    statements.filter(({ Action }) => Action.some((action) => action.startsWith("kms:"))),
  );
  expect(uses.length).toBeGreaterThan(0);
  for (const { Condition } of uses) {
    expect(Condition).toEqual({
      StringEquals: { "kms:EncryptionContext:purpose": "hookcast" },
    });
  }
});

test("publish cannot decrypt secrets, nor change a webhook", () => {
  expect(actionsOf("ApiPublish").filter((action) => action.startsWith("kms:"))).toEqual([]);
  expect(actionsOf("ApiPublish", "StorageWebhooks")).toEqual([
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "dynamodb:Query",
  ]);
});

test("listWebhooks cannot write", () => {
  expect([...new Set(actionsOf("ApiListWebhooks", "Storage"))]).toEqual([
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "dynamodb:Query",
    "kms:Decrypt",
  ]);
});

test("only authorizers and what is about portal sessions can touch the table of API keys", () => {
  const holders = roles.filter(({ name }) => actionsOf(name, "StorageApiKeys").length > 0);
  const authorizers = ["ApiAuthorize", "ApiPublishByUrl"];
  const sessions = ["ApiCreatePortalSession", "ApiDeletePortalSession", "ApiGetPortal"];
  expect(holders.map(({ name }) => name).sort()).toEqual([...authorizers, ...sessions].sort());
  const [get, update] = ["dynamodb:GetItem", "dynamodb:UpdateItem"];
  expect(actionsOf("ApiAuthorize", "Storage")).toEqual(["dynamodb:BatchGetItem", get, update]);
  expect(actionsOf("ApiPublishByUrl", "StorageApiKeys")).toEqual([get, update]);
  // What it may do to which rows: row-scopes.test.ts.
});

test("deliver puts into a dead-letter queue and takes nothing out of it", () => {
  expect(actionsOf("WorkersDeliver", "QueuesDeliveryDeadLetters")).toEqual(["sqs:SendMessage"]);
});
