/**
 * Rotates the data key as the program does, but waits only until a line comes in. With `Operation:n` it is
 * killed with -9 before its n-th call of that kind, with `Operation:n:after` behind it.
 */
import { once } from "node:events";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { connect } from "../../../ops/connect.ts";
import { rotateDataKey } from "../../../ops/data-key/rotate-steps.ts";
import { dynamoDb } from "../../../shared/aws/clients.ts";

const [wanted = "", nth = "0", side = "before"] = (process.argv[2] ?? "").split(":");
let seen = 0;

async function dying<Output>(operation: string, call: () => Promise<Output>): Promise<Output> {
  seen += operation === wanted ? 1 : 0;
  const isIt = operation === wanted && seen === Number(nth);
  if (isIt && side === "before") process.kill(process.pid, "SIGKILL");
  const answer = await call();
  if (isIt) process.kill(process.pid, "SIGKILL");
  return answer;
}

const call = dynamoDb.call.bind(dynamoDb);
dynamoDb.call = (operation, input) => dying(operation, () => call(operation, input));
// Only operators scan: with the SDK's client.
const { send } = DynamoDBClient.prototype;
const sendOrDie = function (this: DynamoDBClient, ...args: Parameters<typeof send>) {
  const operation = args[0].constructor.name.replace(/Command$/, "");
  return dying(operation, async () => Reflect.apply(send, this, args));
};
// The overloads of `send` differ in the types of commands alone.
DynamoDBClient.prototype.send = sendOrDie as unknown as typeof send;

connect();
const report = (line: string) => console.error(line);
const wait = async () => {
  await once(process.stdin, "data");
};
console.log(await rotateDataKey({ isDryRun: false, report, wait, now: Date.now }));
process.exit();
