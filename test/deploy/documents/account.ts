import { randomBytes } from "node:crypto";
import type { EmulatedAws } from "./emulated-aws.ts";

interface Prepared extends AsyncDisposable {
  /** Commands that name tables and a key in place of the deployment's, which others still need. */
  variables: string;
}

const tables = ["WebhooksTable", "MessagesTable", "DeliveriesTable", "ApiKeysTable"];

/** What the guide finds in an account and the emulator's has not, and what may be deleted in the deployment's place. */
export async function prepareAccount({ aws }: EmulatedAws): Promise<Prepared> {
  const suffix = randomBytes(4).toString("hex");
  for (const table of tables) await aws(...createTable(`${table}-${suffix}`));
  const key = await aws(..."kms create-key --query KeyMetadata.KeyId --output text".split(" "));
  // A stack with alarms is more than the emulator takes.
  await aws(...createAlarm);
  await aws("s3", "mb", "s3://your-bucket").catch(() => undefined);
  return {
    variables: [...tables.map((table) => `${table}=${table}-${suffix}`), `DataKey=${key}`].join(
      "\n",
    ),
    async [Symbol.asyncDispose]() {
      const role = ["--role-name", "hookcast-deploy"];
      await aws("iam", "delete-role-policy", ...role, "--policy-name", "cdk").catch(
        () => undefined,
      );
      await aws("iam", "delete-role", ...role).catch(() => undefined);
      const list = "iam list-open-id-connect-providers --query OpenIDConnectProviderList[].Arn";
      const providers = await aws(...list.split(" "), "--output", "text");
      for (const arn of providers.split(/\s+/).filter(Boolean)) {
        const named = ["--open-id-connect-provider-arn", arn];
        await aws("iam", "delete-open-id-connect-provider", ...named).catch(() => undefined);
      }
    },
  };
}

function createTable(name: string): string[] {
  const key =
    "--attribute-definitions AttributeName=pk,AttributeType=S --key-schema AttributeName=pk,KeyType=HASH";
  const kind = "--billing-mode PAY_PER_REQUEST --deletion-protection-enabled";
  return ["dynamodb", "create-table", "--table-name", name, ...`${key} ${kind}`.split(" ")];
}

const createAlarm = [
  ...["cloudwatch", "put-metric-alarm", "--alarm-name", "Hookcast-PublishErrors"],
  ...["--namespace", "AWS/Lambda", "--metric-name", "Errors", "--statistic", "Sum"],
  ...["--period", "300", "--evaluation-periods", "1", "--threshold", "1"],
  ...["--comparison-operator", "GreaterThanThreshold"],
];
