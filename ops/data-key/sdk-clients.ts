import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { provideAccess } from "../../shared/aws/signing.ts";

let client: DynamoDBClient | undefined;

/** The SDK's client, for what an operator may do and no function, such as a scan. */
export function operatorDynamoDb(): DynamoDBClient {
  client ??= new DynamoDBClient();
  return client;
}

/** Has the stores look for region and credentials wherever the SDK does: profiles, single sign-on, roles. */
export function provideSdkAccess(): void {
  const { config } = operatorDynamoDb();
  provideAccess(async () => {
    const [region, credentials] = await Promise.all([config.region(), config.credentials()]);
    return { region, credentials };
  });
}
