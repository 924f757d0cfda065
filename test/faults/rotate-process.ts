/**
 * Rotates the data key as the program does, but waits only until a line comes in. With `Command:n` it is
 * killed with -9 before its n-th call of that kind, with `Command:n:after` behind it.
 */
import { once } from "node:events";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { connect } from "../../ops/connect.ts";
import { rotateDataKey } from "../../ops/rotate-steps.ts";

const [wanted = "", nth = "0", side = "before"] = (process.argv[2] ?? "").split(":");
const { send } = DynamoDBClient.prototype;
let seen = 0;

async function dying(this: DynamoDBClient, ...args: Parameters<typeof send>) {
  seen += args[0].constructor.name === wanted ? 1 : 0;
  const isIt = args[0].constructor.name === wanted && seen === Number(nth);
  if (isIt && side === "before") process.kill(process.pid, "SIGKILL");
  const answer = await Reflect.apply(send, this, args);
  if (isIt) process.kill(process.pid, "SIGKILL");
  return answer;
}
// The overloads of `send` differ in the types of commands alone.
DynamoDBClient.prototype.send = dying as unknown as typeof send;

connect();
const report = (line: string) => console.error(line);
const wait = async () => {
  await once(process.stdin, "data");
};
console.log(await rotateDataKey({ isDryRun: false, report, wait, now: Date.now }));
process.exit();
