import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { isAllowed } from "../../../local/aws/policy.ts";
import { startDynamoDb } from "../../../local/dynamodb/start.ts";
import { createResolver } from "../../../local/template/resolver.ts";
import { namedProperties, resolveResources } from "../../../local/template/resources.ts";
import { readRolePolicies } from "../../../local/template/role-policies.ts";
import { Template } from "../../../local/template/template.ts";
import { clientConfig } from "../../conformance/credentials.ts";
import { openToAll } from "../../support/service/engine-access.ts";
import { synthesize } from "../synthesize.ts";

export interface Principals extends AsyncDisposable {
  /** The names of all functions in the template, such as `ApiPublish`. */
  readonly functionIds: readonly string[];
  /** A client with the rights of the function of that name in the template, such as `ApiPublish`. */
  as(functionId: string): DynamoDBClient;
  /** The whole name of the table of that name in the template, such as `StorageApiKeys`. */
  table(tableId: string): string;
  /** A client that may do everything. */
  readonly owner: DynamoDBClient;
}

/** The stack's tables, where each call is held against the policy that the template gives to its caller. */
export async function startPrincipals(): Promise<Principals> {
  const template = Template.parse(
    synthesize({ ingest: true, outbox: true, publishUrl: true }).template.toJSON(),
  );
  const addresses = { sqsUrl: "http://127.0.0.1:1", apiUrl: "http://127.0.0.1:2" };
  const resources = resolveResources(template, createResolver(template, "Hookcast", addresses));
  const policies = policiesOf(template, readRolePolicies(resources));
  const tables = namedProperties(resources, "AWS::DynamoDB::Table", "TableName");

  const path = await mkdtemp(join(tmpdir(), "hookcast-principals-"));
  const engine = await startDynamoDb({
    ...openToAll,
    path,
    authorize: ({ accessKeyId, action, resource, context }) =>
      accessKeyId === "owner" ||
      isAllowed(policies.get(accessKeyId) ?? [], action, resource, context),
  });
  for (const table of tables) await engine.provideTable(table);

  const clients = new Map<string, DynamoDBClient>();
  const as = (principal: string) => {
    const client =
      clients.get(principal) ?? new DynamoDBClient(clientConfig(engine.url, principal));
    clients.set(principal, client);
    return client;
  };
  return {
    functionIds: [...policies.keys()],
    as,
    table: (id) => only(Object.keys(template.Resources), new RegExp(`^${id}[0-9A-F]{8}$`)),
    owner: as("owner"),
    async [Symbol.asyncDispose]() {
      for (const client of clients.values()) client.destroy();
      await engine.close();
      await rm(path, { recursive: true });
    },
  };
}

const FunctionProperties = z.object({
  Role: z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) }),
});

/** What each function may do, by its name without the hash. */
function policiesOf(
  { Resources }: Template,
  byRole: ReturnType<typeof readRolePolicies>,
): typeof byRole {
  const functions = Object.entries(Resources).filter(
    ([, { Type }]) => Type === "AWS::Lambda::Function",
  );
  return new Map(
    functions.map(([id, { Properties }]) => {
      const roleId = z.parse(FunctionProperties, Properties).Role["Fn::GetAtt"][0];
      const arn = only([...byRole.keys()], new RegExp(`/[\\w-]*${roleId}$`));
      return [id.replace(/[0-9A-F]{8}$/, ""), byRole.get(arn) ?? []];
    }),
  );
}

function only(names: readonly string[], pattern: RegExp): string {
  const [found, another] = names.filter((name) => pattern.test(name));
  if (found === undefined || another) throw new Error(`not exactly one name matches ${pattern}`);
  return found;
}
