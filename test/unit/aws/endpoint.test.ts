import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterEach, expect, test, vi } from "vitest";
import { endpointOf } from "../../../shared/aws/signing.ts";

afterEach(() => vi.unstubAllEnvs());

test.each([
  "us-east-1",
  "eu-central-1",
  "us-gov-west-1",
  "cn-north-1",
  "eusc-de-east-1",
  "us-iso-east-1",
  "us-isob-east-1",
  "us-isof-south-1",
  "eu-isoe-west-1",
])("in %s the service is where the SDK looks for it", (region) => {
  const sdk = new DynamoDBClient({ region });
  const { url } = sdk.config.endpointProvider({ Region: region });
  expect(endpointOf("dynamodb", region).href).toBe(url.href);
});

test("an endpoint may be set for all services, and for one of them before that", () => {
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  vi.stubEnv("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:2");
  expect(endpointOf("sqs", "eu-central-1").port).toBe("2");
  expect(endpointOf("dynamodb", "eu-central-1").port).toBe("1");
});
