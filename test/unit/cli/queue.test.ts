import { expect, test } from "vitest";
import { configFor } from "../../../cli/publish/queue.ts";

test.for([
  ["https://sqs.eu-central-1.amazonaws.com/123456789012/ingest", "eu-central-1"],
  ["https://sqs-fips.us-gov-west-1.amazonaws.com/123456789012/ingest", "us-gov-west-1"],
  ["https://sqs.cn-north-1.amazonaws.com.cn/123456789012/ingest", "cn-north-1"],
  ["https://vpce-0a1-bc.sqs.eu-west-1.vpce.amazonaws.com/123456789012/ingest", "eu-west-1"],
  ["https://sqs.eu-west-1.api.aws/123456789012/ingest", "eu-west-1"],
  ["https://eu-west-2.queue.amazonaws.com/123456789012/ingest", "eu-west-2"],
  ["http://127.0.0.1:4566/000000000000/ingest", undefined],
  ["https://sqs.eu-west-1.example.com/123456789012/ingest", undefined],
])("the region of %s is %s", ([url = "", region]) => {
  expect(configFor(url)).toEqual({ endpoint: new URL(url).origin, ...(region && { region }) });
});
