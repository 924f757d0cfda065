/** Makes so many calls at once, stops itself, and makes them again before it can see what has happened meanwhile. */
import { dynamoDb } from "../../../shared/aws/clients.ts";

const atOnce = Number(process.argv[2]);
const queries = () =>
  Promise.all(Array.from({ length: atOnce }, () => dynamoDb.call("Query", { TableName: "rows" })));

await queries();
process.kill(process.pid, "SIGSTOP");
const outputs = await queries();
console.log(
  JSON.stringify(
    outputs.map(({ $metadata: { attempts, totalRetryDelay: delay } }) => ({ attempts, delay })),
  ),
);
