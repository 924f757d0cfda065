import { join } from "node:path";
import { startDynamoDb } from "../../local/dynamodb/start.ts";
import { startSqs } from "../../local/sqs/start.ts";
import { openToAll } from "../support/service/engine-access.ts";

// A process of its own, so that the test of durability can kill it without harm to itself.
const [folder = "", release = ""] = process.argv.slice(2);
const dynamodb = await startDynamoDb({ path: join(folder, "dynamodb"), ...openToAll });
const sqs = await startSqs({
  path: join(folder, "sqs.sqlite"),
  ...openToAll,
  releaseInFlightAtStart: release === "release",
});
console.log(JSON.stringify({ dynamodb: dynamodb.url, sqs: sqs.url }));

// The test holds the other end: should it die, so does this.
process.stdin.resume().once("end", () => process.exit());
